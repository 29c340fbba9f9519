package dev.refrain.gpuworkers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
  @ParameterizedTest
  @CsvSource({
    "Qwen/Qwen2.5-0.5B, Qwen, Qwen2.5-0.5B, main",
    "org/name@v1.0, org, name, v1.0",
    "org/name@refs/pr/1, org, name, refs/pr/1"
  })
  void readsOrganisationNameAndRevision(String text, String org, String name, String revision) {
    assertThat(ModelReference.parse(text))
        .hasValue(new ModelReference(org, name, revision))
        .map(ModelReference::toString)
        .hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "/org/name",
        "a/b/c",
        "../name",
        "org/..",
        "org/a..b",
        "org/name@",
        "org/name@../x",
        "~/x",
        ".hidden/x",
        "org/na me"
      })
  void readsNothingElse(String text) {
    assertThat(ModelReference.parse(text)).isEmpty();
  }

  @Test
  void refusesPartsThatNoHubWouldTake() {
    assertThatThrownBy(() -> new ModelReference("..", "name", "main"))
        .hasMessageContaining("\"../name@main\"")
        .hasMessageContaining("must be ORG/NAME@revision");
  }
}
