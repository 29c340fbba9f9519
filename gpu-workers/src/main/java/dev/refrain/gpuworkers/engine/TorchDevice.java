package dev.refrain.gpuworkers.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the engine keeps tensors and computes: the processor, or one of the machine's NVIDIA cards.
 *
 * @param card number of the card, from 0; -1 for the processor
 */
public record TorchDevice(int card) {
  /** The processor. */
  public static final TorchDevice CPU = new TorchDevice(-1);

  private static final Pattern NAME = Pattern.compile("cpu|cuda(?::(\\d{1,3}))?");

  public TorchDevice {
    if (card < -1) {
      throw new IllegalArgumentException("card is %d, must be -1 or more".formatted(card));
    }
  }

  /**
   * The device of a name, whether this machine has it or not.
   *
   * @param name {@code cpu}, {@code cuda} for the first card, or {@code cuda:N}; empty for any
   *     other
   */
  public static Optional<TorchDevice> named(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String card = matcher.group(1);
    return Optional.of(
        name.equals("cpu") ? CPU : new TorchDevice(card == null ? 0 : Integer.parseInt(card)));
  }

  /** Whether it is a card. */
  public boolean cuda() {
    return card >= 0;
  }

  /**
   * Makes a tensor there, for the sake of the refusal.
   *
   * @throws AbsentDeviceException if the engine cannot
   */
  public void require() {
    if (!cuda()) {
      return;
    }
    try (NDManager manager = NDManager.newBaseManager(djl(), "PyTorch")) {
      var unused = manager.zeros(new Shape(1));
    } catch (EngineException e) {
      throw new AbsentDeviceException(this, Engine.getEngine("PyTorch").getGpuCount(), e);
    }
  }

  Device djl() {
    return cuda() ? Device.gpu(card) : Device.cpu();
  }

  /** As PyTorch writes it. */
  @Override
  public String toString() {
    return cuda() ? "cuda:" + card : "cpu";
  }
}
