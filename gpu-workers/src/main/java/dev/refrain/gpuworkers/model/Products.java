package dev.refrain.gpuworkers.model;

/** How a program keeps the matrices that positions are multiplied with. */
enum Products {
  /** Rows of numbers, through which gradients flow. */
  PLAIN("products: plain"),
  /** Packed for the processor. */
  PACKED("products: packed"),
  /** The same, rounded to half the size. */
  PACKED_BF16("products: packed in bf16");

  private final String section;

  Products(String section) {
    this.section = section;
  }

  String section() {
    return section;
  }
}
