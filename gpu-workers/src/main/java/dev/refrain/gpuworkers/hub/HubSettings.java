package dev.refrain.gpuworkers.hub;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Which server, as whom, and how patiently.
 *
 * @param endpoint address of the server, http or https, perhaps with a path
 * @param token sent to that server alone; empty for none
 * @param pace how patiently
 */
public record HubSettings(URI endpoint, String token, Pace pace) {
  public HubSettings {
    boolean web = "https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme());
    if (!web || endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the hub's address must be http://HOST or https://HOST, without a user and a password");
    }
    if (!token.matches("[\\x21-\\x7e]*")) {
      throw new IllegalArgumentException(
          "the hub's token has characters other than letters, digits and signs; check HF_TOKEN");
    }
  }

  /**
   * Settings with the standard pace.
   *
   * @param endpoint address of the server; slashes at its end do not matter
   * @param token sent to that server alone; empty for none
   */
  public static HubSettings of(String endpoint, String token) {
    try {
      return new HubSettings(
          new URI(endpoint.strip().replaceFirst("/+$", "")), token.strip(), Pace.standard());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the hub's address \"%s\" is no URL: %s".formatted(endpoint, e.getReason()), e);
    }
  }

  /** Whether an address is on the server itself, and not where it redirects to. */
  boolean owns(URI uri) {
    return endpoint.getScheme().equalsIgnoreCase(uri.getScheme())
        && endpoint.getHost().equalsIgnoreCase(uri.getHost())
        && port(endpoint) == port(uri);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "HubSettings[endpoint=%s, token=%s]"
        .formatted(endpoint, token.isEmpty() ? "none" : "***");
  }
}
