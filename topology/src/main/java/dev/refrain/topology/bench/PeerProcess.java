package dev.refrain.topology.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another engine in a process of its own. It says {@code turn ready} when it can begin; then each
 * line of a prompt and a number of tokens is answered by {@code turn}, the seconds that the peer
 * itself measured, and the number of tokens that there were. Other lines are its own talk.
 */
final class PeerProcess implements Contestant {
  private static final String MARK = "turn ";
  private static final int TALK_KEPT = 8;
  private static final long LEAVE_SECONDS = 10;

  private final String name;
  private final Process process;
  private final BufferedReader lines;
  private final Writer requests;
  private final Deque<String> talk = new ArrayDeque<>();

  private PeerProcess(String name, Process process) {
    this.name = name;
    this.process = process;
    this.lines = process.inputReader();
    this.requests = process.outputWriter();
  }

  /**
   * Starts a peer and waits until it is ready.
   *
   * @param folder where it runs
   * @throws IOException if it cannot be started or ends before it is ready; the message ends with
   *     what it said last
   */
  static PeerProcess start(String name, List<String> command, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    PeerProcess peer = new PeerProcess(name, process);
    try {
      var unused = peer.answer();
      return peer;
    } catch (IOException e) {
      peer.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double seconds(String prompt, int newTokens) throws IOException {
    requests.write("%s %d%n".formatted(prompt, newTokens));
    requests.flush();
    String[] answer = answer().split(" ", 2);
    if (Integer.parseInt(answer[1]) != newTokens) {
      throw new IOException(
          "%s gave %s tokens where %d were asked for".formatted(name, answer[1], newTokens));
    }
    return Double.parseDouble(answer[0]);
  }

  private String answer() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(MARK)) {
        return line.substring(MARK.length());
      }
      if (talk.size() == TALK_KEPT) {
        talk.removeFirst();
      }
      talk.addLast(line);
    }
    throw new IOException("%s ended: %s".formatted(name, String.join("\n", talk)));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
