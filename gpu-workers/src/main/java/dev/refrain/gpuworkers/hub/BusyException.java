package dev.refrain.gpuworkers.hub;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A server that cannot answer now, and perhaps says when it can. */
final class BusyException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Optional<Duration> retryAfter;

  BusyException(String host, int status, HttpHeaders headers) {
    super("%s answers %d".formatted(host, status));
    this.retryAfter = retryAfter(headers);
  }

  /** How long the server asks to wait. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  /**
   * Seconds, or a date, which is compared with the server's own clock (RFC 9110, section 10.2.3).
   */
  private static Optional<Duration> retryAfter(HttpHeaders headers) {
    Optional<String> value = headers.firstValue("Retry-After").map(String::strip);
    if (value.filter(text -> text.matches("\\d{1,9}")).isPresent()) {
      return value.map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }
    Optional<Instant> until = value.flatMap(BusyException::date);
    Optional<Instant> now = headers.firstValue("Date").flatMap(BusyException::date);
    return until.isPresent() && now.isPresent()
        ? Optional.of(Duration.between(now.get(), until.get()))
        : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
