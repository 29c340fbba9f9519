package dev.refrain.processors.packing;

import dev.refrain.processors.question.Candidate;
import dev.refrain.processors.question.PendingQuestion;
import dev.refrain.processors.question.Route;
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
 * Makes the prompt of a pass: a reading prompt in the first pass and after a second retrieval, a
 * choosing prompt in textual recursion and where a candidate was followed. Safe for use by many
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
    if (pending.route() == null) {
      Optional<PackedContext> packed = read(question, shown(question, hits));
      return packed.map(context -> context.of(whole(context.hits(), hits)));
    }
    if (pending.route() == Route.RE_RETRIEVE) {
      return read(question, hits);
    }
    List<Candidate> candidates = pending.candidates();
    for (int offered = Math.min(settings.maxCandidates(), candidates.size());
        offered > 0;
        offered--) {
      List<Candidate> shown = candidates.subList(0, offered);
      Map<String, String> slots = Map.of("question", question, "candidates", list(shown));
      Optional<PackedContext> packed = packer.pack(settings.chooser(), slots, hits);
      if (packed.isPresent()) {
        return packed.map(context -> held(context, settings.chooser(), question, shown));
      }
    }
    return Optional.empty();
  }

  private Optional<PackedContext> read(String question, List<Hit> hits) {
    return packer
        .pack(settings.reader(), Map.of("question", question), hits)
        .map(packed -> held(packed, settings.reader(), question, List.of()));
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
    return pending.isChoosing() ? settings.generation().greedyOnly() : settings.generation();
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
      PackedContext packed, PromptTemplate template, String question, List<Candidate> shown) {
    return switch (settings.answer().form()) {
      case FREE -> packed;
      case SPAN -> heldTo(packed, question, marked(packed, template, question, shown).marks());
      case NEW_SPAN -> {
        MarkedText prompt = marked(packed, template, question, shown);
        List<Range> unasked = AskedWords.of(question).cutFrom(prompt.text(), prompt.marks());
        yield heldTo(packed, question, unasked);
      }
    };
  }

  private MarkedText marked(
      PackedContext packed, PromptTemplate template, String question, List<Candidate> shown) {
    Map<String, MarkedText> slots =
        Map.of("question", MarkedText.plain(question), "candidates", marked(shown));
    return packer.marked(template, slots, packed.hits());
  }

  private PackedContext heldTo(PackedContext packed, String question, List<Range> sources) {
    AnswerSettings answer = settings.answer();
    double coverage = new Coverage(settings.relevance()).of(question, packed.hits());
    return packed.heldTo(new AnswerSpans(sources, answer.noAnswer(), answer.penaltyAt(coverage)));
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
