package dev.refrain.gpuworkers.model;

import dev.refrain.gpuworkers.engine.TorchProgram;

/** How a program keeps the matrices that positions are multiplied with. */
enum Products {
  /** Rows of numbers, through which gradients flow, on any device. */
  PLAIN("products: plain", ElementType.F32),
  /** Packed for the processor. */
  PACKED("products: packed", ElementType.F32),
  /** The same, rounded to half the size. */
  PACKED_BF16("products: packed in bf16", ElementType.F32),
  /**
   * Whole numbers from -127 to 127 with a scale for each row, {@code round(w / s)}, as PyTorch's
   * {@code _weight_int8pack_mm} takes them.
   */
  PACKED_INT8("products: int8", ElementType.F32),
  /** Rows of numbers on a card. */
  CARD("products: on a card", ElementType.F32),
  /** The same, rounded to half the size, as are positions, keys and values. */
  CARD_BF16("products: on a card", ElementType.BF16),
  /** The same with more digits and a smaller range. */
  CARD_FP16("products: on a card", ElementType.F16);

  private final String section;
  private final ElementType positions;

  Products(String section, ElementType positions) {
    this.section = section;
    this.positions = positions;
  }

  String section() {
    return section;
  }

  /** What positions, keys and values are kept as. */
  ElementType positions() {
    return positions;
  }

  /** Which of the sections about numbers goes with them. */
  String numbers() {
    return positions == ElementType.F32 ? "numbers: float" : "numbers: rounded";
  }

  /** The type of a list of such matrices. */
  String list() {
    return this == PACKED_INT8 ? TorchProgram.TENSOR_LISTS : TorchProgram.TENSOR_LIST;
  }

  /** Bytes of one number of a matrix. */
  int matrixBytes() {
    return switch (this) {
      case PLAIN, PACKED, CARD -> Float.BYTES;
      case PACKED_BF16, CARD_BF16, CARD_FP16 -> Short.BYTES;
      case PACKED_INT8 -> Byte.BYTES;
    };
  }

  /** Bytes that a row of a matrix has beside its numbers. */
  int scaleBytes() {
    return this == PACKED_INT8 ? Short.BYTES : 0;
  }

  /** Whether every weight is moved to a card, none staying in its file. */
  boolean onCard() {
    return section.equals(CARD.section);
  }
}
