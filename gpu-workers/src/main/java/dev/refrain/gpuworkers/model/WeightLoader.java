package dev.refrain.gpuworkers.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.refrain.gpuworkers.engine.TorchProgram;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a program with the weights of a folder: maps the files and hands them over in pieces,
 * widened to float, so that the heap never holds a tensor. Used once, then closed.
 */
final class WeightLoader implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final TorchProgram program;
  private final WeightFiles files;
  private final Arena arena = Arena.ofConfined();
  private final Map<Path, MemorySegment> mapped = new HashMap<>();
  private final ByteBuffer piece =
      ByteBuffer.allocateDirect(PIECE * Float.BYTES).order(ByteOrder.nativeOrder());

  WeightLoader(TorchProgram program, WeightFiles files) {
    this.program = program;
    this.files = files;
  }

  /** The weights, which belong to the program. */
  List<NDArray> load(ModelConfig config) {
    List<NDArray> weights = load(DecoderWeights.of(config));
    DecoderProgram.finish(program, config);
    return weights;
  }

  /** The weights, which belong to the program; a tied one is the first one again. */
  List<NDArray> load(List<DecoderWeights.Weight> described) {
    List<NDArray> weights = new ArrayList<>();
    for (DecoderWeights.Weight weight : described) {
      if (weight.tied()) {
        DecoderProgram.adopt(program, weight.slot(), weights.getFirst());
      } else {
        NDArray target = DecoderProgram.reserve(program, weight);
        fill(target, weight);
        weights.add(target);
      }
    }
    return weights;
  }

  private void fill(NDArray target, DecoderWeights.Weight weight) {
    if (!weight.transposed()) {
      fill(target, weight.parts());
      return;
    }
    long[] shape = target.getShape().getShape();
    try (NDArray stored = program.manager().zeros(new Shape(shape[1], shape[0]))) {
      fill(stored, weight.parts());
      var unused = program.number("transpose", target, stored);
    }
  }

  private void fill(NDArray target, List<DecoderWeights.Part> parts) {
    long start = 0;
    for (DecoderWeights.Part part : parts) {
      StoredTensor tensor = files.tensor(part.name());
      ElementType type = tensor.elementType();
      MemorySegment data = map(tensor.file());
      long numbers = tensor.length() / type.bytes();
      for (long done = 0; done < numbers; done += PIECE) {
        int count = (int) Math.min(PIECE, numbers - done);
        type.widen(
            data,
            tensor.position() + done * type.bytes(),
            piece.clear().asFloatBuffer().limit(count));
        start = hand(target, start, count);
      }
    }
  }

  /** The array is a view of the piece; the program copies it before the piece is used again. */
  private long hand(NDArray target, long start, int count) {
    PtNDManager manager = (PtNDManager) program.manager();
    ByteBuffer view = piece.clear().limit(count * Float.BYTES).slice().order(piece.order());
    try (NDArray numbers = manager.create(view, new Shape(count), DataType.FLOAT32)) {
      return program.number("fill", target, start, numbers);
    }
  }

  private MemorySegment map(Path file) {
    return mapped.computeIfAbsent(
        file,
        unused -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
          } catch (IOException e) {
            throw new UnusableModelException(
                file,
                "cannot be mapped: " + e.getMessage(),
                "check its permissions and its disk",
                e);
          }
        });
  }

  @Override
  public void close() {
    arena.close();
  }
}
