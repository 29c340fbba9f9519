package dev.refrain.topology.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Other engines that are measured beside Refrain's, where they are there: llama.cpp and Jlama from
 * a folder of their libraries, and transformers in a Python interpreter.
 *
 * @param libraries folder of jars that {@code ./mvnw -Ppeers} fills
 * @param python the interpreter that has transformers; null for none
 */
public record Peers(Path libraries, @Nullable String python) {
  private static final String SCRIPT = "transformers_peer.py";
  private static final String CONTEXT = "1024";

  /**
   * Starts those that are there, on a model in float.
   *
   * @param model written there in their formats
   * @param folder its Hugging Face folder; the folder around it takes what peers need else
   * @param remarks takes a line for each that is not there
   */
  List<Contestant> start(RandomModel model, Path folder, int threads, Consumer<String> remarks)
      throws IOException {
    List<Contestant> peers = new ArrayList<>();
    Path around = folder.toAbsolutePath().resolveSibling("peers");
    Files.createDirectories(around);
    if (Files.isDirectory(libraries)) {
      Path gguf = around.resolve("model.gguf");
      model.writeGguf(gguf);
      List<String> java = List.of("--enable-native-access=ALL-UNNAMED", "-cp");
      add(peers, "llama.cpp", java(java, "LlamaCpp", gguf, threads), around, remarks);
      List<String> vectors = new ArrayList<>(java);
      vectors.addAll(0, List.of("--add-modules", "jdk.incubator.vector"));
      add(peers, "jlama", java(vectors, "Jlama", folder, threads), around, remarks);
    } else {
      remarks.accept(
          "llama.cpp and jlama are absent: there is no folder %s; get them with ./mvnw -q -B -Ppeers -pl topology/src/peers package"
              .formatted(libraries));
    }
    if (python == null) {
      remarks.accept("transformers is absent: name an interpreter that has it, --transformers");
    } else {
      Path script = around.resolve(SCRIPT);
      copyScript(script);
      List<String> command =
          List.of(python, script.toString(), folder.toString(), Integer.toString(threads));
      add(peers, "transformers", command, around, remarks);
    }
    return peers;
  }

  private static void add(
      List<Contestant> peers,
      String name,
      List<String> command,
      Path folder,
      Consumer<String> remarks) {
    try {
      peers.add(PeerProcess.start(name, command, folder));
    } catch (IOException e) {
      remarks.accept("%s is absent: %s".formatted(name, e.getMessage()));
    }
  }

  private List<String> java(List<String> options, String main, Path model, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(libraries.toAbsolutePath().resolve("*").toString());
    command.add("dev.refrain.peers." + main);
    command.addAll(List.of(model.toString(), Integer.toString(threads), CONTEXT));
    return command;
  }

  private static void copyScript(Path target) throws IOException {
    try (InputStream in = Peers.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IOException(SCRIPT + " is missing from the jar");
      }
      Files.copy(in, target);
    }
  }
}
