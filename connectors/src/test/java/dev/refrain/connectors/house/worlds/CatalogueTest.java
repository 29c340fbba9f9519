package dev.refrain.connectors.house.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final Catalogue CATALOGUE = new Catalogue();

  @Test
  void knowsManyRelationsOfManyTypes() {
    Set<List<String>> nouns =
        CATALOGUE.types().stream()
            .flatMap(type -> type.relations().stream())
            .map(relation -> List.of(relation.key(), relation.kind(), first(relation)))
            .collect(Collectors.toSet());

    assertThat(CATALOGUE.types()).hasSizeGreaterThanOrEqualTo(18);
    assertThat(nouns).hasSizeGreaterThanOrEqualTo(100);
  }

  @Test
  void hasTwelveFormsOfSentenceAndQuestionForEachRelationTwoOfThemHeldOut() {
    for (SubjectType type : CATALOGUE.types()) {
      for (Relation relation : type.relations()) {
        for (Forms forms : List.of(relation.sentences(), relation.questions())) {
          String where = type.key() + " " + relation.key() + " " + forms.training().getFirst();
          assertThat(forms.heldOut()).as(where).hasSizeGreaterThanOrEqualTo(2);
          assertThat(all(forms).distinct().count()).as(where).isGreaterThanOrEqualTo(12);
          assertThat(wordings(forms.training()))
              .doesNotContainAnyElementsOf(wordings(forms.heldOut()));
        }
      }
    }
  }

  @Test
  void tellsEveryValueOnceAndNeverInAQuestion() {
    for (SubjectType type : CATALOGUE.types()) {
      for (Relation relation : type.relations()) {
        String where = type.key() + " " + relation.key();
        assertThat(all(relation.sentences())).as(where).allMatch(form -> form.count("{O") == 1);
        assertThat(all(relation.questions())).as(where).noneMatch(form -> form.has("{O"));
        assertThat(wordings(relation.inverse())).as(where).allMatch(form -> form.count("{O") == 1);
      }
      for (SubjectType.Pair pair : type.pairs()) {
        assertThat(pair.sentences())
            .as(type.key())
            .allMatch(form -> form.count("{O") == 1 && form.count("{O2") == 1);
        assertThat(type.relations()).extracting(Relation::key).contains(pair.first());
        assertThat(type.relations()).extracting(Relation::key).contains(pair.second());
      }
    }
  }

  @Test
  void expandsAlternatives() {
    assertThat(Wording.expand("{S} is (very |)(old|new)."))
        .extracting(form -> form.fill(slot -> "It"))
        .containsExactly("It is very old.", "It is very new.", "It is old.", "It is new.");
  }

  @Test
  void fitsArticlesAndPrepositionsToWhatFollows() {
    Wording job = Wording.of("{S} was a {O}.");
    Wording born = Wording.of("{S} was born in {O}.");

    assertThat(job.fill(slot -> "engineer")).isEqualTo("engineer was an engineer.");
    assertThat(job.fill(slot -> "painter")).isEqualTo("painter was a painter.");
    assertThat(job.fill(slot -> "unicorn")).isEqualTo("unicorn was a unicorn.");
    assertThat(born.fill(slot -> "12 May 1832")).isEqualTo("12 May 1832 was born on 12 May 1832.");
    assertThat(born.fill(slot -> "1832")).isEqualTo("1832 was born in 1832.");
    assertThat(Stream.of("city", "fox", "toy").map(English::plural))
        .containsExactly("cities", "foxes", "toys");
  }

  private static String first(Relation relation) {
    return String.valueOf(relation.sentences().training().getFirst());
  }

  private static Stream<Wording> all(Forms forms) {
    return Stream.of(forms.training(), forms.generic(), forms.heldOut())
        .flatMap(lines -> wordings(lines).stream());
  }

  private static List<Wording> wordings(List<Line> lines) {
    return lines.stream().flatMap(line -> line.wordings().stream()).toList();
  }
}
