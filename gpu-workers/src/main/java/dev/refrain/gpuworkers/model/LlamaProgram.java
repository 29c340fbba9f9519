package dev.refrain.gpuworkers.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The decoder in the engine: {@code llama.torchscript} with the shape of one model. Calls its
 * methods and turns arrays into the engine's values and back; does no arithmetic.
 *
 * <p>Every call runs without gradients and with the graph optimiser off, because the optimiser
 * rewrites a method after its first calls, and the rewritten one may round differently. Both
 * settings belong to the calling thread. One thread at a time.
 */
final class LlamaProgram implements AutoCloseable {
  private static final String SOURCE = "llama.torchscript";
  private static final String CLASS = "Llama";

  private final PtNDManager manager;
  private final PtSymbolBlock module;

  LlamaProgram(ModelConfig config) {
    this.manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    byte[] archive = TorchArchive.pack(CLASS, source(), attributes(config));
    try {
      this.module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  /** Owns the program and whatever lives as long as it does. */
  NDManager manager() {
    return manager;
  }

  /** Calls a method that returns a tensor; {@code owner} owns the result. */
  NDArray tensor(NDManager owner, String method, Object... arguments) {
    return call(method, result -> result.toTensor((PtNDManager) owner), arguments);
  }

  /** Calls a method that returns a whole number. */
  long number(String method, Object... arguments) {
    return call(method, IValue::toLong, arguments);
  }

  private <R> R call(String method, Function<IValue, R> convert, Object... arguments) {
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = value(arguments[i]);
      }
      try (IValue result = IValueUtils.runMethod(module, method, values)) {
        return convert.apply(result);
      }
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
      JniUtils.setGradMode(gradients);
    }
  }

  private static IValue value(Object argument) {
    return switch (argument) {
      case PtNDArray array -> IValue.from(array);
      case Integer number -> IValue.from(number.longValue());
      case Long number -> IValue.from(number);
      case Double number -> IValue.from(number);
      case long[] numbers -> IValue.listFrom(numbers);
      default ->
          throw new IllegalArgumentException("%s is no argument of a program".formatted(argument));
    };
  }

  private static Map<String, Object> attributes(ModelConfig config) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("weights", TorchArchive.TENSOR_LIST);
    attributes.put("rotary", TorchArchive.TENSOR_LIST);
    attributes.put("layers", (long) config.numLayers());
    attributes.put("heads", (long) config.numHeads());
    attributes.put("kvHeads", (long) config.numKvHeads());
    attributes.put("headSize", (long) config.headSize());
    attributes.put("epsilon", config.rmsNormEpsilon());
    return attributes;
  }

  private static String source() {
    try (InputStream in = LlamaProgram.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(SOURCE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(SOURCE + " cannot be read from the jar", e);
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
