package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.refrain.gpuworkers.engine.TorchDevice;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.util.List;

/**
 * A frozen encoder-decoder on the PyTorch engine, in float arithmetic. Holds native memory until it
 * is closed. One thread at a time.
 */
public final class Seq2SeqModel implements Seq2SeqLm, AutoCloseable {
  private final Seq2SeqConfig config;
  private final EncoderModel encoder;
  private final TorchProgram decoder;

  private Seq2SeqModel(Seq2SeqConfig config, EncoderModel encoder, TorchProgram decoder) {
    this.config = config;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /**
   * Reads the weights of a folder into the engine.
   *
   * @return the model, which the caller closes
   */
  public static Seq2SeqModel load(Seq2SeqFolder folder, EngineSettings settings) {
    Stack stack = folder.config().encoder();
    EncoderModel encoder = EncoderModel.load(stack, folder.weights(), settings);
    try {
      return new Seq2SeqModel(
          folder.config(), encoder, decoder(folder, encoder, settings.device()));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private static TorchProgram decoder(
      Seq2SeqFolder folder, EncoderModel encoder, TorchDevice device) {
    Stack stack = folder.config().decoder();
    boolean tied = folder.config().tied();
    TorchProgram program = StackProgram.reader(stack, tied).compile(device);
    try {
      var unused =
          new WeightLoader(program, folder.weights()).copy(StackWeights.reader(stack, tied));
      if (tied) {
        DecoderProgram.adopt(program, Slot.OUTPUT, encoder.weights().getFirst());
      }
      return program;
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /** The model as a function that gradients flow through, on the same weights. */
  public DifferentiableSeq2Seq differentiable() {
    return new Graph(encoder.differentiable(), decoder);
  }

  @Override
  public Encoder encoder() {
    return encoder;
  }

  @Override
  public int startTokenId() {
    return config.startTokenId();
  }

  @Override
  public List<Integer> eosTokenIds() {
    return config.eosTokenIds();
  }

  @Override
  public Seq2SeqCache read(NDArray encoderStates, int[] lengths, int outputs, int capacity) {
    if (outputs < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "%d outputs of %d positions, must be 1 or more each".formatted(outputs, capacity));
    }
    NDManager manager = decoder.manager().newSubManager();
    try {
      return new Seq2SeqCache(
          decoder,
          manager,
          decoder.tensor(manager, "read", encoderStates),
          EncoderModel.lengths(manager, encoderStates.getShape(), lengths),
          outputs,
          capacity);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  @Override
  public NDArray hiddenStates(NDArray embeddings, Seq2SeqCache cache) {
    return cache.run("hidden_states", embeddings);
  }

  @Override
  public NDArray layerStates(NDArray embeddings, Seq2SeqCache cache) {
    return cache.run("layer_states", embeddings);
  }

  @Override
  public NDArray logits(NDArray hiddenStates) {
    return decoder.tensor(hiddenStates.getManager(), "logits", hiddenStates);
  }

  @Override
  public void close() {
    decoder.close();
    encoder.close();
  }

  private record Graph(Encoder encoder, TorchProgram decoder) implements DifferentiableSeq2Seq {

    @Override
    public NDArray hiddenStates(NDArray embeddings, NDArray encoderStates, int[] lengths) {
      return run("hidden_states_at_once", embeddings, encoderStates, lengths);
    }

    @Override
    public NDArray layerStates(NDArray embeddings, NDArray encoderStates, int[] lengths) {
      return run("layer_states_at_once", embeddings, encoderStates, lengths);
    }

    private NDArray run(String method, NDArray embeddings, NDArray encoderStates, int[] lengths) {
      NDManager owner = embeddings.getManager();
      try (NDArray array = EncoderModel.lengths(owner, encoderStates.getShape(), lengths)) {
        return decoder.differentiable(owner, method, embeddings, encoderStates, array);
      }
    }

    @Override
    public NDArray logits(NDArray hiddenStates) {
      return decoder.differentiable(hiddenStates.getManager(), "logits", hiddenStates);
    }
  }
}
