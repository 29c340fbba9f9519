package dev.refrain.schemas.registry;

/** Who asks the registry. No {@code toString} shows a secret. */
public sealed interface Credentials {

  /** Nobody in particular. */
  record None() implements Credentials {}

  /**
   * HTTP basic authentication.
   *
   * @param username without a colon
   */
  record Basic(String username, String password) implements Credentials {
    public Basic {
      if (username.isEmpty() || username.contains(":")) {
        throw new IllegalArgumentException(
            "Registry user name is '%s', must be non-empty and without a colon"
                .formatted(username));
      }
    }

    @Override
    public String toString() {
      return "Basic[username=%s]".formatted(username);
    }
  }

  /** A bearer token that does not change while the process runs. */
  record Bearer(String token) implements Credentials {
    public Bearer {
      if (token.isBlank()) {
        throw new IllegalArgumentException("Registry bearer token is blank");
      }
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
