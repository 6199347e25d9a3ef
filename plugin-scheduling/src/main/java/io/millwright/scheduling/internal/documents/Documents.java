package io.millwright.scheduling.internal.documents;

import io.millwright.api.ErrorCode;
import io.millwright.api.Finding;
import io.millwright.api.MillwrightException;
import io.millwright.api.ObjectiveValue;
import io.millwright.runtime.support.Json;
import io.millwright.runtime.support.Limits;
import io.millwright.runtime.support.Place;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.ScheduleChecker;
import io.millwright.scheduling.SchedulingCodes;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopDocuments;
import io.millwright.scheduling.ShopFiles;
import io.millwright.scheduling.UncertainTimes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads and writes shops and plans by the core's JSON and tables. Holds nothing. */
public final class Documents implements ShopDocuments {

  private static final int MOST_BYTES = 512 << 20;
  private static final int HEAD = 4096;

  /** Shops are larger than what describes a model, and as flat. */
  private static final Limits LIMITS =
      new Limits(1, 200, MOST_BYTES, MOST_BYTES, 1, 1, 1, 1, 16, 1 << 16, 1, 1);

  private static final Pattern AT = Pattern.compile("character (\\d+)");

  @Override
  public Shop read(Path file) {
    try (InputStream bytes = open(file)) {
      bytes.mark(HEAD);
      String head = new String(bytes.readNBytes(HEAD), StandardCharsets.UTF_8);
      bytes.reset();
      // The mark that some editors put before UTF-8 text belongs to no name.
      String begin = head.replace("\uFEFF", "").stripLeading();
      if (begin.startsWith("{")) {
        byte[] all = bytes.readNBytes(MOST_BYTES);
        String text = new String(all, StandardCharsets.UTF_8).replace("\uFEFF", "");
        return shop(name(file), text);
      }
      if (ShopTable.isOne(begin)) {
        return new ShopTable(file).shop(name(file));
      }
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe check the path", e);
    }
    return ShopFiles.read(file);
  }

  @Override
  public UncertainTimes times(Path file) {
    try (InputStream bytes = open(file)) {
      bytes.mark(HEAD);
      String head = new String(bytes.readNBytes(HEAD), StandardCharsets.UTF_8);
      bytes.reset();
      if (!head.replace("\uFEFF", "").stripLeading().startsWith("{")) {
        return UncertainTimes.learnt(TimesForms.booked(file));
      }
      String text =
          new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).replace("\uFEFF", "");
      String what = "times \"" + name(file) + "\"";
      TimesForms.TimesForm form = parse(text, TimesForms.TimesForm.class, what);
      require(form.format(), TimesForms.TIMES, what);
      return TimesForms.times(form, what);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED, "cannot read " + file + ": " + e + "\nMaybe check the path", e);
    }
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.replaceFirst("\\.gz$", "").replaceFirst("\\.[A-Za-z]+$", "");
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return packed ? new BufferedInputStream(new GZIPInputStream(raw)) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  @Override
  public Shop jobs(Path file, Shop floor) {
    return new ShopTable(file).shop(floor);
  }

  @Override
  public Shop shop(String name, String json) {
    Forms.ShopForm form = parse(json, Forms.ShopForm.class, "shop \"" + name + "\"");
    require(form.format(), Forms.SHOP, "shop \"" + name + "\"");
    try {
      Shop shop = ShopForms.shop(form, name);
      return form.draft().isEmpty()
          ? shop
          : shop.withDraft(PlanForms.plan(shop, form.draft().get()));
    } catch (IllegalArgumentException e) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE, "shop \"" + form.name().orElse(name) + "\": " + e.getMessage(), e);
    }
  }

  @Override
  public String json(Shop shop) {
    return text(Json.write(ShopForms.form(shop), Forms.ShopForm.class));
  }

  @Override
  public Schedule plan(Shop shop, String json) {
    return PlanForms.plan(shop, planForm(shop, json).assignments());
  }

  private static Forms.PlanForm planForm(Shop shop, String json) {
    String what = "plan for shop \"" + shop.name() + "\"";
    Forms.PlanForm form = parse(json, Forms.PlanForm.class, what);
    require(form.format(), Forms.PLAN, what);
    return form;
  }

  @Override
  public String json(Shop shop, Schedule plan, List<ObjectiveValue> objectives) {
    return text(Json.write(PlanForms.form(shop, plan, objectives), Forms.PlanForm.class));
  }

  @Override
  public List<Finding> check(Shop shop, String json) {
    Forms.PlanForm form = planForm(shop, json);
    Schedule plan = PlanForms.plan(shop, form.assignments());
    List<Finding> findings = new ArrayList<>(ScheduleChecker.check(shop, plan));
    for (Forms.ValueForm claim : form.objectives().orElse(List.of())) {
      double value = measured(claim, shop, plan);
      if (Math.abs(value - claim.value()) > 1e-6 * Math.max(1, Math.abs(value))) {
        findings.add(
            new Finding(
                SchedulingCodes.BAD_PLAN,
                "objectives",
                claim.name() + " is said to be " + claim.value() + ", but is " + value,
                ""));
      }
    }
    return findings;
  }

  /** What a claim should say; what is no objective of ours is believed. */
  private static double measured(Forms.ValueForm claim, Shop shop, Schedule plan) {
    try {
      return Objectives.parse(claim.name()).get(0).of(shop, plan);
    } catch (MillwrightException e) {
      return claim.value();
    }
  }

  private static <T> T parse(String json, Class<T> type, String what) {
    String remedy = "see docs/scheduling.md for the fields";
    try {
      return Json.read(
          json.getBytes(StandardCharsets.UTF_8),
          type,
          new Place(ErrorCode.BAD_FILE, what, remedy),
          LIMITS);
    } catch (MillwrightException e) {
      Matcher at = AT.matcher(String.valueOf(e.getMessage()));
      if (!e.code().equals(ErrorCode.BAD_FILE) || !at.find()) {
        throw e;
      }
      // People find lines, not characters.
      int offset = (int) Math.min(json.length(), Long.parseLong(at.group(1)));
      long line = 1 + json.substring(0, offset).chars().filter(c -> c == '\n').count();
      int column = offset - json.lastIndexOf('\n', Math.max(0, offset - 1));
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          at.replaceFirst("line " + line + ", column " + column).replaceFirst("^\\[\\w+\\] ", ""),
          e);
    }
  }

  private static void require(Optional<String> format, String expected, String what) {
    if (format.isPresent() && !format.get().equals(expected)) {
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          what
              + ": the format is \""
              + format.get()
              + "\", but must be \""
              + expected
              + "\"\nMaybe it is another kind of document, or of a later version");
    }
  }

  /** One element a line, where a person looks for one. */
  private static String text(byte[] json) {
    String compact = new String(json, StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder(compact.length() + compact.length() / 8);
    ArrayList<Boolean> broken = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < compact.length(); i++) {
      char c = compact.charAt(i);
      if (quoted || c == '"') {
        out.append(c);
        if (c == '\\') {
          out.append(compact.charAt(++i));
        } else if (c == '"') {
          quoted = !quoted;
        }
        continue;
      }
      boolean closes = c == ']' || c == '}';
      if (closes && broken.remove(broken.size() - 1)) {
        line(out, broken.size());
      }
      out.append(c);
      if (c == '{' || c == '[') {
        boolean objects = c == '[' && compact.charAt(i + 1) == '{' && broken.size() < 5;
        broken.add(broken.isEmpty() || objects);
        if (broken.get(broken.size() - 1)) {
          line(out, broken.size());
        }
      } else if (c == ',') {
        if (broken.get(broken.size() - 1)) {
          line(out, broken.size());
        } else {
          out.append(' ');
        }
      }
    }
    return out.append('\n').toString();
  }

  private static void line(StringBuilder out, int depth) {
    out.append('\n').append(" ".repeat(depth));
  }
}
