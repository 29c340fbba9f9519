package dev.refrain.gpuworkers.generate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Sources, alternatives and stop strings as bytes, one region behind the other with a byte between
 * that belongs to none. A position is a place in these bytes; the last one of a region is its end.
 * Immutable once it is built.
 */
final class SpanText {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> ends = new ArrayList<>();
  private final BitSet starting = new BitSet();
  private final BitSet alternative = new BitSet();
  private final BitSet ending = new BitSet();
  private final BitSet stopping = new BitSet();

  private SpanText() {}

  /** The text of a constraint's sources and alternatives, and of what may follow them. */
  static SpanText of(List<String> sources, List<String> alternatives, List<String> stopStrings) {
    SpanText text = new SpanText();
    sources.forEach(source -> text.addSource(source, stopStrings));
    for (String alternative : alternatives) {
      text.starting.set(text.bytes.size());
      text.alternative.set(text.bytes.size());
      text.addRegion(alternative);
      text.ending.set(text.ends.getLast());
    }
    for (String stop : stopStrings) {
      int start = text.bytes.size();
      text.addRegion(stop);
      text.stopping.set(start, text.ends.getLast() + 1);
    }
    return text;
  }

  /** All bytes. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** By position, the end of its region. */
  int[] ends() {
    int[] all = new int[bytes.size()];
    int position = 0;
    for (int end : ends) {
      while (position <= end) {
        all[position++] = end;
      }
    }
    return all;
  }

  /** Positions at which a sequence may begin. */
  BitSet starting() {
    return starting;
  }

  /** Those of them at which an alternative begins. */
  BitSet alternative() {
    return alternative;
  }

  /** Positions at which a sequence may end. */
  BitSet ending() {
    return ending;
  }

  /** Positions in stop strings, their ends included. */
  BitSet stopping() {
    return stopping;
  }

  /** Cuts a source so that no run in it holds a stop string, but one may hold a part of one. */
  private void addSource(String source, List<String> stopStrings) {
    WordBoundaries words = new WordBoundaries(source);
    int from = 0;
    while (from < source.length()) {
      int next = -1;
      int until = source.length();
      for (String stop : stopStrings) {
        int at = source.indexOf(stop, from);
        if (at >= 0 && at + stop.length() - 1 < until) {
          next = at;
          until = at + stop.length() - 1;
        }
      }
      addPiece(source, words, from, until);
      from = next < 0 ? source.length() : next + 1;
    }
  }

  private void addPiece(String source, WordBoundaries words, int from, int until) {
    if (from == until) {
      return;
    }
    int position = bytes.size();
    for (int at = from; at <= until; at++) {
      if (at < until && words.begins(at)) {
        starting.set(position);
      }
      if (at > from && words.ends(at)) {
        ending.set(position);
      }
      position += at < until ? bytesOf(source, at) : 0;
    }
    addRegion(source.substring(from, until));
  }

  /** Bytes of the character that begins here; none in its middle. */
  private static int bytesOf(String text, int at) {
    if (at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at))) {
      return 0;
    }
    return Character.toString(text.codePointAt(at)).getBytes(StandardCharsets.UTF_8).length;
  }

  private void addRegion(String region) {
    bytes.writeBytes(region.getBytes(StandardCharsets.UTF_8));
    ends.add(bytes.size());
    bytes.write(0);
  }
}
