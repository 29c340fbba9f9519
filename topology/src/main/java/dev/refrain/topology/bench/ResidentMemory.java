package dev.refrain.topology.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of processes as Linux tells it in {@code /proc/PID/status} (proc_pid_status(5)). */
final class ResidentMemory {
  private static final Pattern HIGH_WATER_MARK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** What sets the peak back to what is resident, {@code clear_refs} in proc_pid_clear_refs(5). */
  private static final String RESET = "5";

  private ResidentMemory() {}

  /** Most bytes of a running process that were resident so far; empty where that is not told. */
  static OptionalLong peak(long pid) {
    try {
      return peak(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Forgets the peak of a running process.
   *
   * @return its bytes that are resident now; empty where that is not told or the peak is kept
   */
  static OptionalLong resetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), RESET);
      return peak(pid);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** The same from the lines of that file. */
  static OptionalLong peak(List<String> status) {
    return status.stream()
        .map(HIGH_WATER_MARK::matcher)
        .filter(Matcher::matches)
        .mapToLong(line -> 1024 * Long.parseLong(line.group(1)))
        .findFirst();
  }
}
