package dev.refrain.gpuworkers.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * TorchScript in sections, of which a program takes those that it needs. A section begins with a
 * line {@code # == name} and goes on to the next one; what stands before the first of a resource is
 * for readers. Immutable.
 */
public final class ProgramText {
  private static final String HEADING = "# == ";

  private final String resources;
  private final Map<String, String> sections;

  private ProgramText(String resources, Map<String, String> sections) {
    this.resources = resources;
    this.sections = sections;
  }

  /**
   * Reads resources, which have their sections in common.
   *
   * @param owner the class beside whose jar entry they lie
   */
  public static ProgramText read(Class<?> owner, String... resources) {
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    for (String resource : resources) {
      StringBuilder section = new StringBuilder();
      for (String line : TorchProgram.source(owner, resource).lines().toList()) {
        if (line.startsWith(HEADING)) {
          section = new StringBuilder();
          if (sections.put(line.substring(HEADING.length()), section) != null) {
            throw new IllegalStateException(
                "%s has '%s', which was there before".formatted(resource, line));
          }
        } else {
          section.append(line).append('\n');
        }
      }
    }
    return new ProgramText(
        String.join(" and ", resources),
        sections.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue() + "")));
  }

  /**
   * The source of a class.
   *
   * @param attributes its attributes, as for {@link TorchProgram#compile}
   * @param names its sections, in order
   * @throws IllegalArgumentException if there is no such section
   */
  public String compose(
      String className, Map<String, Object> attributes, Collection<String> names) {
    StringBuilder source = new StringBuilder("class %s(Module):\n".formatted(className));
    source.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    attributes.forEach(
        (name, value) -> source.append("  %s : %s\n".formatted(name, TorchArchive.type(value))));
    for (String name : names) {
      String section = sections.get(name);
      if (section == null) {
        throw new IllegalArgumentException(
            "%s has no section '%s', only %s"
                .formatted(resources, name, List.copyOf(sections.keySet())));
      }
      source.append('\n').append(section.stripTrailing()).append('\n');
    }
    return source.toString();
  }
}
