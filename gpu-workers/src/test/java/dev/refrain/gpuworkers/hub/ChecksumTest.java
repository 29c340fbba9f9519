package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumTest {
  /** The numbers are those of {@code git hash-object} and {@code sha256sum}. */
  @ParameterizedTest
  @CsvSource({
    "'hello\n', ce013625030ba8dba906f756967f9e9ca394464a",
    "'', e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "'hello\n', 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  })
  void hashesAsGitAndSha256sumDo(String content, String hex, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("file"), content);
    assertThat(Checksum.ofEtag('"' + hex + '"').orElseThrow().actual(file)).isEqualTo(hex);
  }

  @Test
  void knowsChecksumsAmongEntityTags() {
    String sha1 = "ce013625030ba8dba906f756967f9e9ca394464a";
    assertThat(Checksum.ofEtag("W/\"" + sha1 + '"')).map(Checksum::hex).hasValue(sha1);
    assertThat(Checksum.ofEtag("\"1234-5\"")).isEmpty();
    assertThat(Checksum.of(Checksum.Kind.SHA256, sha1)).isEmpty();
  }
}
