package dev.refrain.gpuworkers.hub;

import java.net.URI;
import java.net.http.HttpResponse;

/** Turns a hub's refusals into what the person who pulls can do about them. */
final class Refusal {
  private static final int LONGEST_MESSAGE = 200;

  private Refusal() {}

  /** The error for an answer of the hub itself that is no success. */
  static HubException of(HttpResponse<?> response, HubSettings settings) {
    String code = header(response, "X-Error-Code");
    String remedy =
        switch (response.statusCode()) {
          case 401, 403 -> denied(response.statusCode(), code, settings);
          case 404 -> missing(code);
          default -> "check the hub's address, %s".formatted(settings.endpoint());
        };
    String message = header(response, "X-Error-Message");
    return new HubException(
        "%s answers %d for %s%s: %s"
            .formatted(
                settings.endpoint(),
                response.statusCode(),
                place(response.uri(), settings.endpoint()),
                message.isEmpty() ? "" : " (\"" + message + "\")",
                remedy));
  }

  private static String denied(int status, String code, HubSettings settings) {
    boolean anonymous = settings.token().isEmpty();
    if (code.equals("GatedRepo")) {
      return "the model is gated; accept its terms on its page"
          + (anonymous
              ? ", then set HF_TOKEN to a token of that account"
              : " with the account of the token in HF_TOKEN, and wait until access is granted");
    }
    if (anonymous) {
      return "there is no such model, or it is private or gated; check the name, and set HF_TOKEN to a token that may read it";
    }
    return status == 401
        ? "the token in HF_TOKEN is refused; it is wrong or has expired"
        : "the token in HF_TOKEN may not read this; give it the right to, and accept the model's terms if it is gated";
  }

  private static String missing(String code) {
    return switch (code) {
      case "RevisionNotFound" -> "the model has no such revision; leave it out for the newest";
      case "EntryNotFound" -> "the model has no such file at this commit";
      default -> "there is no such model or revision; check the spelling of ORG/NAME@revision";
    };
  }

  private static String place(URI uri, URI endpoint) {
    String path = String.valueOf(uri.getPath());
    String base = String.valueOf(endpoint.getPath());
    return (path.startsWith(base) ? path.substring(base.length()) : path)
        .replaceFirst("^/api/models/", "")
        .replaceFirst("^/", "");
  }

  private static String header(HttpResponse<?> response, String name) {
    String value = response.headers().firstValue(name).orElse("").replaceAll("\\p{Cntrl}", " ");
    return value.substring(0, Math.min(value.length(), LONGEST_MESSAGE)).strip();
  }
}
