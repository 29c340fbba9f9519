package dev.refrain.topology.bench;

import dev.refrain.processors.stages.Stages;
import dev.refrain.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hops and bytes of a question's way, for a chain to repeat: five hops, from the question over both
 * pools and back to the answer; beside those that the topology makes, the records of its decisions
 * and of its stores' changelogs, of which a question writes as many as were counted, in equal parts
 * at each of the three.
 *
 * @param hops from the first to the last
 */
record ChainPlan(List<Hop> hops) {

  /**
   * A record is taken from one topic, and others are written.
   *
   * @param from where it comes from
   * @param to the next topic
   * @param bytes of the value written there
   * @param beside what else is written
   */
  record Hop(String from, String to, int bytes, List<Side> beside) {
    Hop {
      beside = List.copyOf(beside);
    }
  }

  /**
   * What else is written at a hop.
   *
   * @param topic where to
   * @param share records for each record of the chain, 0 or more
   * @param bytes of each value
   */
  record Side(String topic, double share, int bytes) {}

  ChainPlan {
    hops = List.copyOf(hops);
  }

  /**
   * The plan of a chain that does as a topology did.
   *
   * @param sizes reads what it wrote
   * @param topics its topics
   * @param applicationId its name, with which the changelogs begin
   */
  static ChainPlan of(TopicSizes sizes, Topics topics, String applicationId) {
    TopicSizes.Content answers = sizes.of(topics.answers().name());
    if (answers.records() == 0) {
      throw new IllegalStateException("There is no answer to measure the hops by");
    }
    int results = sizes.of(topics.results().name()).meanBytes();
    List<Integer> bytes =
        List.of(
            sizes.of(topics.work(Topics.RERANK).name()).meanBytes(),
            results,
            sizes.of(topics.work(Topics.LM).name()).meanBytes(),
            results,
            answers.meanBytes());
    List<Side> beside = new ArrayList<>();
    Stream.of(
            topics.decisions().name(),
            changelog(applicationId, Stages.PENDING_QUESTIONS),
            changelog(applicationId, Stages.FINISHED_QUESTIONS))
        .forEach(
            topic -> {
              TopicSizes.Content content = sizes.of(topic);
              double share = content.records() / (double) answers.records() / 3;
              beside.add(new Side(topics.prefix() + "beside-" + topic, share, content.meanBytes()));
            });
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < bytes.size(); i++) {
      hops.add(
          new Hop(
              topics.prefix() + "hop-" + i,
              topics.prefix() + "hop-" + (i + 1),
              bytes.get(i),
              i % 2 == 0 ? beside : List.of()));
    }
    return new ChainPlan(hops);
  }

  private static String changelog(String applicationId, String store) {
    return "%s-%s-changelog".formatted(applicationId, store);
  }

  /** Every topic of the chain, once. */
  List<String> topics() {
    return hops.stream()
        .flatMap(
            hop ->
                Stream.concat(
                    Stream.of(hop.from(), hop.to()), hop.beside().stream().map(Side::topic)))
        .distinct()
        .toList();
  }

  /** Records and bytes of values for each record that comes in, in words. */
  String inWords() {
    double records = 0;
    double bytes = 0;
    for (Hop hop : hops) {
      records += 1 + hop.beside().stream().mapToDouble(Side::share).sum();
      bytes += hop.bytes() + hop.beside().stream().mapToDouble(s -> s.share() * s.bytes()).sum();
    }
    return "%.1f records and %.0f bytes written for each question".formatted(records, bytes);
  }
}
