package dev.refrain.processors.retrieval.documents;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines without decoding them. The current line stands in a buffer that
 * the next call of {@link #next} overwrites. Memory is bounded: what exceeds the longest line that
 * is allowed is thrown away and the line marked.
 */
final class Lines implements AutoCloseable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maxLength;
  private byte[] buffer;
  private int start;
  private int end = -1;
  private int limit;
  private long number;
  private boolean tooLong;

  Lines(InputStream in, int maxLength) {
    this.in = in;
    this.maxLength = maxLength;
    this.buffer = new byte[Math.min(1 << 16, maxLength)];
  }

  /** Moves on to the next line; false at the end of the stream. */
  boolean next() throws IOException {
    start = Math.min(end + 1, limit);
    tooLong = false;
    int unseen = start;
    while (true) {
      for (int i = unseen; i < limit; i++) {
        if (buffer[i] == '\n') {
          return found(i);
        }
      }
      int read = fill();
      if (read < 0) {
        return (limit > start || tooLong) && found(limit);
      }
      unseen = limit - read;
    }
  }

  private boolean found(int lineEnd) {
    end = lineEnd;
    number++;
    boolean marked =
        limit - start >= 3 && Arrays.equals(buffer, start, start + 3, BYTE_ORDER_MARK, 0, 3);
    if (number == 1 && marked) {
      start += BYTE_ORDER_MARK.length;
    }
    return true;
  }

  /**
   * Reads more behind the unfinished line, which moves to the front of the buffer; -1 at the end.
   */
  private int fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    limit -= start;
    start = 0;
    if (limit == buffer.length) {
      if (limit < maxLength) {
        buffer = Arrays.copyOf(buffer, Math.min(2 * limit, maxLength));
      } else {
        tooLong = true;
        limit = 0;
      }
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(read, 0);
    return read;
  }

  byte[] buffer() {
    return buffer;
  }

  int offset() {
    return start;
  }

  /** Bytes of the line, its end (line feed, or carriage return and line feed) not counted. */
  int length() {
    boolean carriageReturn = end > start && buffer[end - 1] == '\r';
    return (carriageReturn ? end - 1 : end) - start;
  }

  /** Number of the current line, from 1. */
  long number() {
    return number;
  }

  /** Whether the line exceeded the longest allowed; its bytes are then of no use. */
  boolean isTooLong() {
    return tooLong;
  }

  boolean isBlank() {
    for (int i = start; i < end; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
