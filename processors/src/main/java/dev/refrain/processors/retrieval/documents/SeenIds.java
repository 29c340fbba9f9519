package dev.refrain.processors.retrieval.documents;

/**
 * Remembers which ids a corpus has used, in 16 bytes or less an id: a set of 64-bit hashes, not of
 * strings. Two different ids of a corpus of 21 million share a hash with a probability of 1 in
 * 80,000.
 */
final class SeenIds {
  private long[] slots = new long[1 << 10];
  private int size;

  /** Adds an id; false if it was there already. */
  boolean add(String id) {
    if (2 * size >= slots.length) {
      grow();
    }
    if (!insert(hash(id))) {
      return false;
    }
    size++;
    return true;
  }

  private boolean insert(long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != 0) {
      if (slots[slot] == hash) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = hash;
    return true;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long hash : old) {
      if (hash != 0) {
        insert(hash);
      }
    }
  }

  /** FNV-1a over the characters, then the finaliser of SplitMix64; never zero. */
  private static long hash(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }
}
