package dev.refrain.processors.packing;

import dev.refrain.processors.packing.AnswerSettings.Form;
import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
import dev.refrain.processors.relevance.Coverage;
import dev.refrain.processors.relevance.Excerpts;
import dev.refrain.processors.retrieval.Hit;
import dev.refrain.processors.work.AnswerSpans;
import dev.refrain.processors.work.AnswerSpans.Range;
import dev.refrain.processors.work.GenerationSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the prompt of a pass: a reading prompt in the first pass, after a second retrieval and
 * where an answer was followed, a choosing prompt in textual recursion. Safe for use by many
 * threads.
 *
 * @param settings what is asked
 * @param packer packs the passages
 */
public record PassPrompt(ReadingSettings settings, ContextPacker packer) {

  /**
   * The packed prompt of the pass under way, or empty if it is over the budget without any passage.
   * Of the candidates as many are offered as fit, the likeliest first, and at least one.
   */
  public Optional<PackedContext> pack(PendingQuestion pending) {
    String question = pending.question().text().strip();
    List<Hit> hits = pending.context().hits();
    return switch (pending.route()) {
      case null -> glance(question, hits, coverage(question, hits));
      case FOLLOW -> glance(question, hits, 1);
      case RE_RETRIEVE -> read(question, hits, coverage(question, hits));
      case TEXTUAL -> choose(question, hits, pending.candidates());
    };
  }

  private Optional<PackedContext> choose(
      String question, List<Hit> hits, List<Candidate> candidates) {
    double coverage = coverage(question, hits);
    for (int offered = Math.min(settings.maxCandidates(), candidates.size());
        offered > 0;
        offered--) {
      List<Candidate> shown = candidates.subList(0, offered);
      Map<String, String> slots = Map.of("question", question, "candidates", list(shown));
      Optional<PackedContext> packed = packer.pack(settings.chooser(), slots, hits);
      if (packed.isPresent()) {
        return packed.map(context -> held(context, settings.chooser(), question, shown, coverage));
      }
    }
    return Optional.empty();
  }

  /** Reads what a first look sees of the passages. */
  private Optional<PackedContext> glance(String question, List<Hit> hits, double coverage) {
    return read(question, shown(question, hits), coverage)
        .map(packed -> packed.of(whole(packed.hits(), hits)));
  }

  private Optional<PackedContext> read(String question, List<Hit> hits, double coverage) {
    return packer
        .pack(settings.reader(), Map.of("question", question), hits)
        .map(packed -> held(packed, settings.reader(), question, List.of(), coverage));
  }

  /** What the first pass sees of the passages. */
  private List<Hit> shown(String question, List<Hit> hits) {
    if (settings.firstPassSentences() == 0) {
      return hits;
    }
    Excerpts excerpts = new Excerpts(settings.firstPassSentences(), settings.relevance());
    return packer.reachable(hits).stream()
        .map(hit -> new Hit(excerpts.of(question, hit.passage()), hit.score()))
        .toList();
  }

  /** The whole passages of those shown: a second pass reads them. */
  private static List<Hit> whole(List<Hit> shown, List<Hit> hits) {
    Set<String> ids = shown.stream().map(hit -> hit.passage().id()).collect(Collectors.toSet());
    return hits.stream().filter(hit -> ids.contains(hit.passage().id())).toList();
  }

  /** How the pass under way generates: a choosing pass needs no samples. */
  public GenerationSettings generation(PendingQuestion pending) {
    return pending.route() == Route.TEXTUAL
        ? settings.generation().greedyOnly()
        : settings.generation();
  }

  /** Why a question has no prompt. */
  public String objection(PendingQuestion pending) {
    int bare =
        packer.bareTokens(settings.reader(), Map.of("question", pending.question().text().strip()));
    return "The prompt of pass %d is over the budget of %d tokens without any passage (the question's reading prompt has %d): shorten the question or use a model with a longer context."
        .formatted(pending.pass(), packer.budget(), bare);
  }

  /** Holds the answer to spans of the passages and of the candidates shown, where that is asked. */
  private PackedContext held(
      PackedContext packed,
      PromptTemplate template,
      String question,
      List<Candidate> shown,
      double coverage) {
    if (settings.answer().form() == Form.FREE) {
      return packed;
    }
    MarkedText prompt = marked(packed, template, question, shown);
    List<Range> sources =
        settings.answer().form() == Form.SPAN
            ? prompt.marks()
            : AskedWords.of(question).cutFrom(prompt.text(), prompt.marks());
    return packed.heldTo(
        new AnswerSpans(
            sources, settings.answer().noAnswer(), settings.answer().penaltyAt(coverage)));
  }

  /**
   * How far the passages that may come to be packed say what is asked; looked at where it counts.
   */
  private double coverage(String question, List<Hit> hits) {
    return settings.answer().coveragePenalty() == 0
        ? 0
        : new Coverage(settings.relevance()).of(question, packer.reachable(hits));
  }

  private MarkedText marked(
      PackedContext packed, PromptTemplate template, String question, List<Candidate> shown) {
    Map<String, MarkedText> slots =
        Map.of("question", MarkedText.plain(question), "candidates", marked(shown));
    return packer.marked(template, slots, packed.hits());
  }

  private String list(List<Candidate> candidates) {
    return marked(candidates).text();
  }

  private MarkedText marked(List<Candidate> candidates) {
    return MarkedText.join(
        candidates.stream()
            .map(
                c ->
                    settings
                        .candidate()
                        .fillMarked(
                            Map.of(
                                "text", MarkedText.whole(c.text()),
                                "count", MarkedText.plain(Integer.toString(c.count())))))
            .toList());
  }
}
