package dev.refrain.connectors.house.prose;

/** What a word can be in a sentence; a word may have several tags, an unknown one has none. */
enum Tag {
  DETERMINER,
  POSSESSIVE,
  PREPOSITION,
  AUXILIARY,
  MODAL,
  /** A subject: he, it, there. */
  PRONOUN,
  /** An object: him, them. */
  OBJECT,
  /** Of the speaker or listener: I, your. */
  STRANGER,
  CONJUNCTION,
  SUBORDINATOR,
  /** A form of "be". */
  BE,
  NEGATION,
  ADVERB,
  /** What may stand before an adjective: very, most. */
  DEGREE,
  /** What may stand before a number: about, nearly. */
  QUANTIFIER,
  MONTH,
  WEEKDAY,
  /** In digits or in words. */
  NUMBER,
  /** Four digits that can be a year. */
  YEAR,
  UNIT,
  /** What a measure may be followed by: long, high. */
  DIMENSION,
  /** What stands before a person's name: Dr, Mr. */
  TITLE,
  /** Kept although it stands in names: River, University. */
  GENERIC,
  /** A kind of place: city, river. */
  PLACE,
  /** What belongs to something: population, capital. */
  RELATIONAL,
  PAST,
  THIRD,
  BASE,
  PARTICIPLE,
  ING,
  /** More often after an article than after a pronoun, though it could be a verb. */
  NOUNLIKE,
  /** Often directly after "is" or "very". */
  ADJECTIVE,
  /** A part of a name. */
  NAME,
  PUNCTUATION
}
