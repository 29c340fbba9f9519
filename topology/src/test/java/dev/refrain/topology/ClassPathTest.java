package dev.refrain.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One jar carries old copies of libraries under their own names; it must be the last one asked. */
class ClassPathTest {

  @ParameterizedTest
  @CsvSource({
    "org/yaml/snakeyaml/Yaml.class, snakeyaml-",
    "com/github/luben/zstd/Zstd.class, zstd-jni-",
    "org/xerial/snappy/Snappy.class, snappy-java-",
    "org/apache/commons/io/IOUtils.class, commons-io-",
    "com/google/common/collect/ImmutableList.class, guava-"
  })
  void takesEachLibraryFromItsOwnJar(String resource, String jar) {
    assertThat(getClass().getClassLoader().getResource(resource)).asString().contains("/" + jar);
  }
}
