package dev.refrain.gpuworkers.engine;

/** A device that was asked for and that the engine cannot use here. */
public final class AbsentDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is there instead, and what to do.
   *
   * @param cards how many the driver shows, whether the engine can use them or not
   */
  AbsentDeviceException(TorchDevice device, int cards, RuntimeException cause) {
    super(
        ("Device %s cannot be used: %s. The driver shows %s; the processor, cpu, is always there."
                + " A card needs NVIDIA's driver (nvidia-smi lists cards) and a Refrain built with"
                + " ./mvnw -Pcuda package.")
            .formatted(device, reason(cause), cards(cards)),
        cause);
  }

  /** PyTorch's first sentence; advice and a list of where it was thrown follow. */
  private static String reason(RuntimeException cause) {
    String message = cause.getMessage() == null ? "no reason given" : cause.getMessage();
    return message.lines().findFirst().orElse(message).replaceFirst("\\.( .*)?$", "");
  }

  private static String cards(int number) {
    return switch (number) {
      case 0 -> "no card";
      case 1 -> "one card, cuda:0";
      default -> "%d cards, cuda:0 to cuda:%d".formatted(number, number - 1);
    };
  }
}
