package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Cosines and sines of rotary positions (arXiv:2104.09864), in the float arithmetic of Hugging
 * Face's {@code LlamaRotaryEmbedding}: angles are rounded to float as they were in training.
 *
 * @param positions number of positions
 * @param half half the head size: pairs of dimensions i and i + half turn together
 * @param cosines [positions, half]
 * @param sines [positions, half]
 */
@SuppressWarnings("ArrayRecordComponent")
record RotaryTable(int positions, int half, float[] cosines, float[] sines) {

  static RotaryTable of(ModelConfig config) {
    int positions = config.contextLength();
    int half = config.headSize() / 2;
    float[] cosines = new float[Math.multiplyExact(positions, half)];
    float[] sines = new float[cosines.length];
    for (int i = 0; i < half; i++) {
      float exponent = (float) (2 * i) / config.headSize();
      float frequency = 1 / (float) Math.pow(config.ropeTheta(), exponent);
      for (int position = 0; position < positions; position++) {
        float angle = position * frequency;
        cosines[position * half + i] = (float) Math.cos(angle);
        sines[position * half + i] = (float) Math.sin(angle);
      }
    }
    return new RotaryTable(positions, half, cosines, sines);
  }

  void load(LlamaProgram program) {
    Shape shape = new Shape(positions, half);
    try (NDArray cos = program.manager().create(cosines, shape);
        NDArray sin = program.manager().create(sines, shape)) {
      program.number("rotate_by", cos, sin);
    }
  }
}
