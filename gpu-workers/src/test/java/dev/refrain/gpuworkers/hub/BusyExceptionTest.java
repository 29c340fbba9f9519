package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusyExceptionTest {
  /** RFC 9110, section 10.2.3: a date or seconds. */
  @ParameterizedTest
  @CsvSource({"120, 120", "'Fri, 31 Dec 1999 23:59:59 GMT', 59"})
  void readsHowLongTheServerAsksToWait(String retryAfter, long seconds) {
    assertThat(busy(retryAfter).retryAfter()).hasValue(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "99999999999999999999"})
  void readsNothingElse(String retryAfter) {
    assertThat(busy(retryAfter).retryAfter()).isEmpty();
  }

  private static BusyException busy(String retryAfter) {
    Map<String, List<String>> headers =
        Map.of(
            "Date", List.of("Fri, 31 Dec 1999 23:59:00 GMT"), "Retry-After", List.of(retryAfter));
    return new BusyException("host", 503, HttpHeaders.of(headers, (_, _) -> true));
  }
}
