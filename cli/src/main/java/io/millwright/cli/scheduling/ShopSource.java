package io.millwright.cli.scheduling;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a shop is read from a file. Filled by picocli; not thread-safe. */
final class ShopSource {

  /** The formats by name. */
  enum Format {
    guess,
    json,
    csv,
    jobshop,
    flexible,
    flowshop,
    project,
    cars
  }

  @Option(
      names = "--format",
      paramLabel = "json|csv|jobshop|flexible|flowshop|project|cars",
      description = "What the file holds. Default: what its content and name tell.")
  Format format = Format.guess;

  @Option(
      names = "--floor",
      paramLabel = "FILE",
      description = "Machines, calendars and prices as JSON, for orders in a CSV file.")
  @Nullable Path floor;

  Shop read(Path file, ShopDocuments documents) {
    if (floor != null) {
      return documents.jobs(file, documents.read(floor));
    }
    return switch (format) {
      case guess -> documents.read(file);
      case json -> documents.shop(String.valueOf(file.getFileName()), text(file));
      // A table without a floor is told by its headings.
      case csv -> documents.read(file);
      case jobshop -> ShopFiles.read(file, ShopFiles.Format.JOB_SHOP);
      case flexible -> ShopFiles.read(file, ShopFiles.Format.FLEXIBLE_JOB_SHOP);
      case flowshop -> ShopFiles.read(file, ShopFiles.Format.FLOW_SHOP);
      case project -> ShopFiles.read(file, ShopFiles.Format.PROJECT);
      case cars -> ShopFiles.read(file, ShopFiles.Format.CAR_SEQUENCING);
    };
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, file + " is not UTF-8 text\nMaybe it is another file", e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe check the path", e);
    }
  }

  /** A shop in a few words. */
  static String described(Shop shop) {
    boolean choice =
        shop.jobs().stream()
            .flatMap(j -> j.operations().stream())
            .anyMatch(o -> o.alternatives().size() > 1);
    String kind =
        shop.permutation() ? "permutation flow shop" : choice ? "flexible job shop" : "job shop";
    List<String> more = new ArrayList<>();
    if (!shop.resources().isEmpty()) {
      int count = shop.resources().size();
      more.add(count + (count == 1 ? " resource" : " resources"));
    }
    if (shop.machines().stream().anyMatch(m -> !m.setups().isEmpty())) {
      more.add("set-ups");
    }
    if (shop.machines().stream().anyMatch(m -> !m.calendar().closed().isEmpty())) {
      more.add("calendars");
    }
    if (shop.jobs().stream().anyMatch(j -> j.due().isPresent())) {
      more.add("due dates");
    }
    if (shop.tariff().isPresent()) {
      more.add("a tariff");
    }
    return String.format(
        Locale.ROOT,
        "%s: %s, %d jobs, %d machines, %d operations%s",
        shop.name(),
        kind,
        shop.jobs().size(),
        shop.machines().size(),
        shop.operationCount(),
        more.isEmpty() ? "" : ", " + String.join(", ", more));
  }
}
