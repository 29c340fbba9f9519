package dev.refrain.gpuworkers.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * How a safetensors file stores the numbers of a tensor; each is widened to float without rounding.
 */
enum ElementType {
  F32(4, 6) {
    @Override
    float at(MemorySegment data, long offset) {
      return data.get(FLOAT, offset);
    }
  },
  F16(2, 5) {
    @Override
    float at(MemorySegment data, long offset) {
      return Float.float16ToFloat(data.get(SHORT, offset));
    }
  },
  /** The upper half of a float. */
  BF16(2, 15) {
    @Override
    float at(MemorySegment data, long offset) {
      return Float.intBitsToFloat(data.get(SHORT, offset) << 16);
    }
  };

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;
  private final int scalarType;

  ElementType(int bytes, int scalarType) {
    this.bytes = bytes;
    this.scalarType = scalarType;
  }

  /** Bytes of one number. */
  int bytes() {
    return bytes;
  }

  /** PyTorch's number for it, {@code c10/core/ScalarType.h}. */
  int scalarType() {
    return scalarType;
  }

  /** The number that starts at byte {@code offset}. */
  abstract float at(MemorySegment data, long offset);

  /** Fills {@code target} up to its limit with the numbers that start at byte {@code offset}. */
  void widen(MemorySegment data, long offset, FloatBuffer target) {
    long position = offset;
    while (target.hasRemaining()) {
      target.put(at(data, position));
      position += bytes;
    }
  }
}
