package dev.refrain.gpuworkers.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a model on a hub, {@code ORG/NAME} or {@code ORG/NAME@revision}.
 *
 * @param organisation who publishes it
 * @param name its name there
 * @param revision a branch, a tag, or a commit
 */
public record ModelReference(String organisation, String name, String revision) {
  /** The branch that is meant where no revision is named. */
  public static final String MAIN = "main";

  private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9._-]{0,95}";
  private static final Pattern FORM =
      Pattern.compile("(" + WORD + ")/(" + WORD + ")(?:@([A-Za-z0-9_][A-Za-z0-9._/-]{0,199}))?");

  public ModelReference {
    if (!FORM.matcher("%s/%s@%s".formatted(organisation, name, revision)).matches()
        || revision.contains("..")) {
      throw new IllegalArgumentException(
          "the model is \"%s/%s@%s\", must be ORG/NAME@revision in letters, digits, '-', '_' and '.'"
              .formatted(organisation, name, revision));
    }
  }

  /** The reference that a text is, if it has that form. */
  public static Optional<ModelReference> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || text.contains("..")) {
      return Optional.empty();
    }
    String revision = matcher.group(3) == null ? MAIN : matcher.group(3);
    return Optional.of(new ModelReference(matcher.group(1), matcher.group(2), revision));
  }

  /** {@code ORG/NAME}. */
  public String repository() {
    return organisation + "/" + name;
  }

  /** The form that {@link #parse} reads, without a revision where it is {@link #MAIN}. */
  @Override
  public String toString() {
    return revision.equals(MAIN) ? repository() : repository() + "@" + revision;
  }
}
