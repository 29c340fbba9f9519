package dev.refrain.gpuworkers.tokenizer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The tokens of a vocabulary by the bytes they write, to find every token with which a text can go
 * on. A node is a prefix of some token. Immutable.
 */
public final class TokenTrie {
  /** The empty prefix. */
  public static final int ROOT = 0;

  /** No node. */
  public static final int NONE = -1;

  private int[] firstChild = {NONE};
  private int[] nextSibling = {NONE};
  private byte[] lastByte = {0};
  private int[] firstToken = {NONE};
  private final int[] nextToken;
  private int nodes = 1;

  /**
   * A trie.
   *
   * @param bytes by token id, none empty; two tokens may write the same
   */
  TokenTrie(Map<Integer, byte[]> bytes) {
    int size = bytes.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
    nextToken = new int[size];
    bytes.forEach(this::add);
  }

  /** The prefix that is one byte longer, or {@link #NONE} if no token begins with it. */
  public int child(int node, byte next) {
    int child = firstChild[node];
    while (child != NONE && lastByte[child] != next) {
      child = nextSibling[child];
    }
    return child;
  }

  /** Gives the tokens that write exactly this prefix: none, one, or several. */
  public void tokensAt(int node, IntConsumer token) {
    for (int id = firstToken[node]; id != NONE; id = nextToken[id]) {
      token.accept(id);
    }
  }

  /** Gives the tokens that begin with this prefix, those that are no longer included. */
  public void tokensFrom(int node, IntConsumer token) {
    tokensAt(node, token);
    for (int child = firstChild[node]; child != NONE; child = nextSibling[child]) {
      tokensFrom(child, token);
    }
  }

  private void add(int id, byte[] bytes) {
    int node = ROOT;
    for (byte next : bytes) {
      int child = child(node, next);
      node = child == NONE ? append(node, next) : child;
    }
    nextToken[id] = firstToken[node];
    firstToken[node] = id;
  }

  private int append(int parent, byte next) {
    if (nodes == firstChild.length) {
      firstChild = Arrays.copyOf(firstChild, 2 * nodes);
      nextSibling = Arrays.copyOf(nextSibling, 2 * nodes);
      lastByte = Arrays.copyOf(lastByte, 2 * nodes);
      firstToken = Arrays.copyOf(firstToken, 2 * nodes);
    }
    firstChild[nodes] = NONE;
    nextSibling[nodes] = firstChild[parent];
    lastByte[nodes] = next;
    firstToken[nodes] = NONE;
    firstChild[parent] = nodes;
    return nodes++;
  }
}
