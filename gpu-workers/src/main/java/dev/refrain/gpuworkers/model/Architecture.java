package dev.refrain.gpuworkers.model;

/**
 * Of which blocks a decoder is made: which variant of each shared block its program has, and the
 * numbers that go with it. One page a family fills it in, see {@link DecoderFamily}.
 *
 * @param modelType {@code model_type} of {@code config.json}
 * @param names what its tensors are called
 * @param norms how it norms
 * @param positions how it tells positions apart
 * @param attention how it attends
 * @param feedForward what stands between two attentions
 * @param embeddingScale what input embeddings are multiplied with before the first layer; 1 for
 *     none
 * @param logitCap bound that logits approach as {@code cap * tanh(logits / cap)}; 0 for none
 */
public record Architecture(
    String modelType,
    TensorNames names,
    Norms norms,
    Positions positions,
    Attention attention,
    FeedForward feedForward,
    double embeddingScale,
    double logitCap) {

  public Architecture {
    require(embeddingScale > 0, "embeddingScale is %s, must be above 0", embeddingScale);
    require(logitCap >= 0, "logitCap is %s, must be 0 or more", logitCap);
  }

  /** A decoder whose embeddings and logits are taken as they are. */
  Architecture(
      String modelType,
      TensorNames names,
      Norms norms,
      Positions positions,
      Attention attention,
      FeedForward feedForward) {
    this(modelType, names, norms, positions, attention, feedForward, 1, 0);
  }

  /**
   * A Llama (arXiv:2302.13971).
   *
   * @param normEpsilon added to the mean square before its root
   * @param ropeTheta base of the rotary frequencies
   */
  public static Architecture llama(double normEpsilon, double ropeTheta) {
    return Llama.architecture(normEpsilon, new Rotary(ropeTheta, 1, new RopeScaling.None()));
  }

  /**
   * A Llama whose keys are added to the ones before them, which is Refrain's own kind.
   *
   * @param normEpsilon added to the mean square before its root
   * @param ropeTheta base of the rotary frequencies
   * @param keySmear what both keys are multiplied with, above 0
   */
  public static Architecture smearedLlama(double normEpsilon, double ropeTheta, double keySmear) {
    return SmearedLlama.smeared(llama(normEpsilon, ropeTheta), keySmear);
  }

  /** How a decoder norms. */
  public enum Norm {
    /** Root mean square (arXiv:1910.07467). */
    RMS("norm: rms"),
    /** Root mean square with weights that are stored less one. */
    RMS_AROUND_ONE("norm: rms around one"),
    /** Mean and variance, with a bias (arXiv:1607.06450). */
    LAYER("norm: layer");

    private final String section;

    Norm(String section) {
      this.section = section;
    }

    String section() {
      return section;
    }
  }

  /**
   * The norms of a decoder.
   *
   * @param kind of all of them
   * @param epsilon added to the mean square or variance before its root
   * @param after whether what attention and feed-forward return is normed too
   * @param heads whether queries and keys are normed, head by head, before they turn
   */
  public record Norms(Norm kind, double epsilon, boolean after, boolean heads) {
    public Norms {
      require(epsilon > 0, "epsilon is %s, must be above 0", epsilon);
    }

    /** Norms before attention and feed-forward, and at the end. */
    static Norms before(Norm kind, double epsilon) {
      return new Norms(kind, epsilon, false, false);
    }
  }

  /** How a decoder tells positions apart. */
  public sealed interface Positions permits Rotary, Learned {}

  /** A vector for each position, added to the input embeddings. */
  public record Learned() implements Positions {}

  /**
   * Queries and keys are turned by angles that grow with the position (arXiv:2104.09864).
   *
   * @param theta base of the frequencies
   * @param share of each head's dimensions that turn, the first ones, in (0, 1]
   * @param scaling how the frequencies are changed for longer contexts
   */
  public record Rotary(double theta, double share, RopeScaling scaling) implements Positions {
    public Rotary {
      require(theta > 0, "theta is %s, must be above 0", theta);
      require(share > 0 && share <= 1, "share is %s, must be in (0, 1]", share);
    }

    /** R, how many dimensions of a head turn. */
    int size(int headSize) {
      return (int) (headSize * share);
    }

    /** Refuses what does not fit the size of a head. */
    void check(int headSize) {
      int size = size(headSize);
      require(
          size >= 2 && size % 2 == 0,
          "%.0f dimensions of a head turn, must be an even number",
          size);
      if (scaling instanceof RopeScaling.LongRope factors) {
        require(
            factors.shortFactors().size() == size / 2 && factors.longFactors().size() == size / 2,
            "short_factor and long_factor must have %.0f numbers each",
            size / 2.0);
      }
    }
  }

  /**
   * How a decoder attends.
   *
   * @param inputBias whether queries, keys and values have biases
   * @param outputBias whether the output has one
   * @param scalar scores are divided by its root; 0 for the head size
   * @param cap bound that scores approach as {@code cap * tanh(scores / cap)}; 0 for none
   * @param windows which layers see only the positions just before
   * @param keySmear what a key and the one before it are multiplied with before they are added; 0
   *     for plain keys
   */
  public record Attention(
      boolean inputBias,
      boolean outputBias,
      double scalar,
      double cap,
      Windows windows,
      double keySmear) {
    /** Sees everything before it, has no bias and no cap. */
    static final Attention PLAIN = new Attention(false, false, 0, 0, Windows.NONE, 0);

    public Attention {
      require(scalar >= 0, "scalar is %s, must be 0 or more", scalar);
      require(cap >= 0, "cap is %s, must be 0 or more", cap);
      require(keySmear >= 0, "keySmear is %s, must be 0 or more", keySmear);
    }

    Attention biased(boolean output) {
      return new Attention(true, output, scalar, cap, windows, keySmear);
    }

    Attention capped(double newScalar, double newCap) {
      return new Attention(inputBias, outputBias, newScalar, newCap, windows, keySmear);
    }

    Attention within(Windows newWindows) {
      return new Attention(inputBias, outputBias, scalar, cap, newWindows, keySmear);
    }

    Attention smeared(double newKeySmear) {
      return new Attention(inputBias, outputBias, scalar, cap, windows, newKeySmear);
    }
  }

  /** The curve of a feed-forward. */
  public enum Activation {
    /** {@code x * sigmoid(x)}. */
    SILU("activation: silu"),
    /** {@code x * Φ(x)}, by tanh. */
    GELU_TANH("activation: gelu by tanh"),
    /** {@code x * Φ(x)} (arXiv:1606.08415). */
    GELU("activation: gelu"),
    /** {@code max(x, 0)}. */
    RELU("activation: relu");

    private final String section;

    Activation(String section) {
      this.section = section;
    }

    String section() {
      return section;
    }
  }

  /**
   * What stands between two attentions.
   *
   * @param gated {@code down(activation(gate(x)) * up(x))} (arXiv:2002.05202), else {@code
   *     down(activation(up(x)))} with biases
   */
  public record FeedForward(boolean gated, Activation activation) {
    /** As Llama's. */
    static final FeedForward GATED_SILU = new FeedForward(true, Activation.SILU);
  }

  private static void require(boolean holds, String message, double value) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(value));
    }
  }
}
