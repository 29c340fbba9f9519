package dev.refrain.topology.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of a model folder in which no token ends a sequence, so that each has a known length. */
final class EndlessModel {
  private static final List<String> CONFIGURATIONS =
      List.of("config.json", "generation_config.json");

  private EndlessModel() {}

  /** Fills {@code target}, which is made; the weights are linked. */
  static Path copy(Path folder, Path target) throws IOException {
    JsonMapper json = new JsonMapper();
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(file.getFileName());
        if (CONFIGURATIONS.contains(String.valueOf(file.getFileName()))) {
          ObjectNode root = (ObjectNode) json.readTree(file.toFile());
          root.putArray("eos_token_id");
          json.writeValue(copy.toFile(), root);
        } else {
          Files.createSymbolicLink(copy, file.toAbsolutePath());
        }
      }
    }
    return target;
  }
}
