package dev.refrain.topology.cli;

import dev.refrain.processors.retrieval.documents.DocumentFormat;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names document formats on the command line: {@code json-lines}, {@code dpr-tsv}, {@code text}.
 */
final class DocumentFormatName implements ITypeConverter<DocumentFormat>, Iterable<String> {
  private static final List<String> NAMES =
      Arrays.stream(DocumentFormat.values()).map(DocumentFormatName::of).toList();

  @Override
  public DocumentFormat convert(String name) {
    return Arrays.stream(DocumentFormat.values())
        .filter(format -> of(format).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + name + "' is none of " + String.join(", ", NAMES)));
  }

  @Override
  public Iterator<String> iterator() {
    return NAMES.iterator();
  }

  private static String of(DocumentFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
