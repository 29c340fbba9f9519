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
  private static final Pattern NOW = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HIGH_WATER_MARK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  /** What sets the peak back to what is resident, {@code clear_refs} in proc_pid_clear_refs(5). */
  private static final String RESET = "5";

  private ResidentMemory() {}

  /** Bytes of a running process that are resident; empty where that is not told. */
  static OptionalLong now(long pid) {
    return now(status(pid));
  }

  /** The same from the lines of that file. */
  static OptionalLong now(List<String> status) {
    return bytes(NOW, status);
  }

  /** Most bytes of a running process that were resident so far; empty where that is not told. */
  static OptionalLong peak(long pid) {
    return peak(status(pid));
  }

  /** The same from the lines of that file. */
  static OptionalLong peak(List<String> status) {
    return bytes(HIGH_WATER_MARK, status);
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

  private static List<String> status(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static OptionalLong bytes(Pattern field, List<String> status) {
    return status.stream()
        .map(field::matcher)
        .filter(Matcher::matches)
        .mapToLong(line -> 1024 * Long.parseLong(line.group(1)))
        .findFirst();
  }
}
