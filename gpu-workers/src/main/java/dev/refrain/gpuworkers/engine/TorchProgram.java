package dev.refrain.gpuworkers.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * One TorchScript class in the engine. Calls its methods and turns arrays and numbers into the
 * engine's values and back; does no arithmetic.
 *
 * <p>Every call runs with the graph optimiser off, because the optimiser rewrites a method after
 * its first calls, and the rewritten one may round differently. Calls run in the engine's inference
 * mode, those to {@link #differentiable} aside: a tensor that they make can never be part of a
 * graph, so a weight that gradients shall pass is made by a manager and handed over. Both settings
 * belong to the calling thread. Holds native memory until it is closed. Safe for use by many
 * threads where the methods called change no attribute.
 */
public final class TorchProgram implements AutoCloseable {
  /** The type of an attribute that is an empty list of tensors. */
  public static final String TENSOR_LIST = TorchArchive.TENSOR_LIST;

  /** The type of an attribute that is an empty list of lists of tensors. */
  public static final String TENSOR_LISTS = TorchArchive.TENSOR_LISTS;

  /** How DJL marks arrays that are one list argument together. */
  private static final String LIST_NAME = "list[]";

  private final TorchDevice device;
  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final LongAdder nanoseconds = new LongAdder();

  private TorchProgram(TorchDevice device, PtNDManager manager, PtSymbolBlock module) {
    this.device = device;
    this.manager = manager;
    this.module = module;
  }

  /**
   * Loads a program for the processor.
   *
   * @param owner the class beside whose jar entry the source lies
   * @param resource name of the source: TorchScript with one class
   * @param className name of that class
   * @param attributes as for {@link #compile}
   * @return the program, which the caller closes
   */
  public static TorchProgram load(
      Class<?> owner, String resource, String className, Map<String, Object> attributes) {
    return compile(source(owner, resource), className, attributes, TorchDevice.CPU);
  }

  /**
   * Compiles a program.
   *
   * @param source TorchScript with one class
   * @param className name of that class
   * @param attributes values of its attributes by name: Long, Double, non-empty lists of either, or
   *     {@link #TENSOR_LIST} or {@link #TENSOR_LISTS}
   * @param device where {@link #manager} makes arrays; the program itself makes tensors where those
   *     are that it is given
   * @return the program, which the caller closes
   * @throws AbsentDeviceException if the engine cannot use the device
   */
  public static TorchProgram compile(
      String source, String className, Map<String, Object> attributes, TorchDevice device) {
    device.require();
    byte[] archive = TorchArchive.pack(className, source, attributes);
    PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device.djl(), "PyTorch");
    try (InputStream in = new ByteArrayInputStream(archive)) {
      return new TorchProgram(device, manager, JniUtils.loadModule(manager, in, false, false));
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** How long calls have taken so far, those to {@link #differentiable} aside. */
  public Duration timeInCalls() {
    return Duration.ofNanos(nanoseconds.sum());
  }

  /** Where arrays of {@link #manager} and of managers below it are. */
  public TorchDevice device() {
    return device;
  }

  /** Owns the program and whatever lives as long as it does. */
  public NDManager manager() {
    return manager;
  }

  /**
   * A manager for arrays on the processor, wherever the program's own are; the caller closes it.
   */
  public NDManager newProcessorManager() {
    return manager.newSubManager(TorchDevice.CPU.djl());
  }

  /**
   * Calls a method that returns a tensor.
   *
   * @param owner owns the result
   * @param arguments arrays, lists of arrays, numbers, truth values, texts and {@code long[]}
   */
  public NDArray tensor(NDManager owner, String method, Object... arguments) {
    return call(method, result -> result.toTensor((PtNDManager) owner), arguments);
  }

  /**
   * Calls a method that returns a tensor through which gradients flow to its arguments. Unlike
   * those of the other calls, its result may be kept for a backward pass.
   *
   * @param owner owns the result
   */
  public NDArray differentiable(NDManager owner, String method, NDArray... arguments) {
    return differentiable(owner, method, List.of(arguments), List.of()).getFirst();
  }

  /**
   * Calls a method that takes tensors and a last list of tensors, and that may follow their graphs
   * back.
   *
   * @param owner owns the results
   * @param list the last argument; left out where it is empty
   */
  public List<NDArray> differentiable(
      NDManager owner, String method, List<NDArray> arguments, List<NDArray> list) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    JniUtils.setGraphExecutorOptimize(false);
    try (NDManager call = manager.newSubManager()) {
      NDList inputs = new NDList(arguments);
      list.forEach(array -> inputs.add(named(alias(array, call), LIST_NAME)));
      inputs.add(named(call.create(0), "module_method:" + method));
      NDList results = IValueUtils.forward(module, inputs, true);
      results.attach(owner);
      return List.copyOf(results);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  private static NDArray named(NDArray array, String name) {
    array.setName(name);
    return array;
  }

  /** The same tensor under another handle, so that the first one keeps its name. */
  private static NDArray alias(NDArray array, NDManager owner) {
    try (IValue value = IValue.from((PtNDArray) array)) {
      return value.toTensor((PtNDManager) owner);
    }
  }

  /** Calls a method that returns a whole number. */
  public long number(String method, Object... arguments) {
    return call(method, IValue::toLong, arguments);
  }

  private <R> R call(String method, Function<IValue, R> convert, Object... arguments) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = value(arguments[i]);
      }
      long start = System.nanoTime();
      try (IValue result = IValueUtils.runMethod(module, method, values)) {
        nanoseconds.add(System.nanoTime() - start);
        return convert.apply(result);
      }
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
      JniUtils.setGradMode(before);
    }
  }

  private static IValue value(Object argument) {
    return switch (argument) {
      case PtNDArray array -> IValue.from(array);
      case List<?> arrays ->
          IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
      case Integer number -> IValue.from(number.longValue());
      case Long number -> IValue.from(number);
      case Double number -> IValue.from(number);
      case Boolean truth -> IValue.from(truth);
      case String text -> IValue.from(text);
      case long[] numbers -> IValue.listFrom(numbers);
      default ->
          throw new IllegalArgumentException(
              "%s is no argument of a program"
                  .formatted(argument instanceof Object[] a ? Arrays.toString(a) : argument));
    };
  }

  static String source(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read from the jar", e);
    }
  }

  @Override
  public void close() {
    module.close();
    manager.close();
  }
}
