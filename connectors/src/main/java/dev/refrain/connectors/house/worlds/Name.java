package dev.refrain.connectors.house.worlds;

/**
 * The name of a subject.
 *
 * @param full as it stands within a sentence, without article
 * @param the whether "the" stands before it
 * @param brief the surname of a person; the full name of anything else
 * @param female whether a person is she
 */
record Name(String full, boolean the, String brief, boolean female) {

  /** As it stands within a sentence. */
  String mention() {
    return the ? "the " + full : full;
  }

  /** As the title of an article. */
  String title() {
    return English.capital(full);
  }
}
