package dev.refrain.topology.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ResidentMemoryTest {
  /** The example of proc_pid_status(5). */
  private static final List<String> STATUS =
      List.of("Name:\tbash", "VmPeak:\t  131168 kB", "VmHWM:\t   13484 kB", "VmRSS:\t10264 kB");

  @Test
  void readsTheHighWaterMark() {
    assertThat(ResidentMemory.peak(STATUS)).hasValue(13484L * 1024);
  }

  @Test
  void readsWhatIsResidentNow() {
    assertThat(ResidentMemory.now(STATUS)).hasValue(10264L * 1024);
  }

  @Test
  void knowsNothingWhereTheSystemDoesNotTell() {
    assertThat(ResidentMemory.peak(List.of("Name:\tkthreadd", "Threads:\t1"))).isEmpty();
    assertThat(Files.exists(Path.of("/proc/-1"))).isFalse();
    assertThat(ResidentMemory.peak(-1)).isEmpty();
    assertThat(ResidentMemory.now(-1)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsTheMemoryOfThisProcess() {
    long self = ProcessHandle.current().pid();
    long now = ResidentMemory.now(self).orElseThrow();
    assertThat(now).isGreaterThan(1 << 20);
    assertThat(ResidentMemory.peak(self).orElseThrow()).isGreaterThanOrEqualTo(now);
  }
}
