package dev.refrain.topology.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Says which Refrain and which Java this is; the version is put into a resource by the build. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return new String[] {
      "refrain " + build.getProperty("version", "of unknown version"),
      "Java " + Runtime.version().feature() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
