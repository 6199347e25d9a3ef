package io.millwright.production.internal.flow;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.production.EventLog;
import io.millwright.production.LogColumns;
import io.millwright.production.LogFault.Kind;
import io.millwright.production.WorkEvent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads XES by a pull parser that resolves nothing outside the file. */
final class XesLog {

  private static final int MOST_EVENTS = 20_000_000;

  private final Faults faults = new Faults();
  private final List<WorkEvent> events = new ArrayList<>();

  private XesLog() {}

  static EventLog read(Path file) {
    XesLog log = new XesLog();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(2);
      boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      log.parse(packed ? new GZIPInputStream(raw) : raw);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read " + file + ": " + e.getMessage() + "\nMaybe the name is wrong",
          e);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new MillwrightException(
          ErrorCode.BAD_FILE,
          file
              + ", line "
              + line
              + ": "
              + first(e.getMessage())
              + "\nMaybe it is cut off, or no XES",
          e);
    }
    return new EventLog(log.events, log.faults.list());
  }

  private static String first(@Nullable String message) {
    return message == null ? "not well-formed" : message.lines().reduce((a, b) -> b).orElse("");
  }

  private void parse(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, space) -> {
          throw new XMLStreamException("refers to " + systemId + ", which is not read");
        });
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    String trace = "";
    int traces = 0;
    Map<String, Deque<Map<String, String>>> open = new HashMap<>();
    Map<String, String> event = null;
    int depth = 0;
    int inner = 0;
    boolean seen = false;
    while (xml.hasNext()) {
      int what = xml.next();
      if (what == XMLStreamConstants.DTD || what == XMLStreamConstants.ENTITY_REFERENCE) {
        throw new XMLStreamException("has a document type", xml.getLocation());
      }
      if (what == XMLStreamConstants.START_ELEMENT) {
        String name = xml.getLocalName();
        if (depth == 0 && !name.equals("log")) {
          throw new XMLStreamException("begins with <" + name + ">", xml.getLocation());
        }
        depth++;
        switch (name) {
          case "log" -> seen = true;
          case "trace" -> {
            trace = "trace " + ++traces;
            open.clear();
          }
          case "event" -> {
            event = new HashMap<>();
            inner = depth;
          }
          default -> {
            String key = xml.getAttributeValue(null, "key");
            String value = xml.getAttributeValue(null, "value");
            if (key != null && value != null) {
              if (event != null && depth == inner + 1) {
                event.put(key, value);
              } else if (event == null && depth == 3 && key.equals("concept:name")) {
                trace = value;
              }
            }
          }
        }
      } else if (what == XMLStreamConstants.END_ELEMENT) {
        if (event != null && depth == inner) {
          take(trace, event, open, xml);
          event = null;
        }
        if (xml.getLocalName().equals("trace")) {
          open.values().forEach(q -> q.forEach(e -> unpaired(e)));
        }
        depth--;
      }
    }
    if (!seen) {
      throw new XMLStreamException("has no <log>");
    }
  }

  private void unpaired(Map<String, String> start) {
    faults.add(
        Kind.NO_TIME,
        start.getOrDefault("org:resource", ""),
        0,
        start.getOrDefault("concept:name", "")
            + " started at "
            + start.get("time:timestamp")
            + " and never completed");
  }

  private void take(
      String trace,
      Map<String, String> event,
      Map<String, Deque<Map<String, String>>> open,
      XMLStreamReader xml)
      throws XMLStreamException {
    String activity = event.getOrDefault("concept:name", "");
    String resource = event.getOrDefault("org:resource", event.getOrDefault("Resource", ""));
    String transition = event.getOrDefault("lifecycle:transition", "").toLowerCase(Locale.ROOT);
    String pair = activity + "\u0000" + event.getOrDefault("concept:instance", "");
    if (event.get("time:timestamp") == null) {
      faults.add(Kind.NO_TIME, resource, 0, activity + " of " + trace + " has no time:timestamp");
      return;
    }
    if (transition.equals("start")) {
      open.computeIfAbsent(pair, p -> new ArrayDeque<>()).add(event);
      return;
    }
    if (!transition.isEmpty() && !transition.equals("complete")) {
      return;
    }
    Deque<Map<String, String>> starts = open.get(pair);
    Map<String, String> start = starts == null ? null : starts.poll();
    String begun = start == null ? event.get("start_timestamp") : start.get("time:timestamp");
    Instant end = time(event.get("time:timestamp"), xml);
    if (events.size() >= MOST_EVENTS) {
      throw new XMLStreamException("has more than " + MOST_EVENTS + " events", xml.getLocation());
    }
    events.add(
        new WorkEvent(
            trace,
            activity,
            resource,
            LogColumns.work(event.getOrDefault("work", "")),
            begun == null ? end : time(begun, xml),
            end,
            number(event.get("quantity")),
            number(event.get("good")),
            number(event.get("rejected")),
            "true".equals(event.get("rework")),
            event.getOrDefault("reason", "")));
  }

  private static double number(@Nullable String text) {
    try {
      double v = text == null ? Double.NaN : Double.parseDouble(text);
      return v >= 0 ? v : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Instant time(@Nullable String text, XMLStreamReader xml)
      throws XMLStreamException {
    try {
      return OffsetDateTime.parse(String.valueOf(text)).toInstant();
    } catch (DateTimeException e) {
      throw new XMLStreamException("\"" + text + "\" is no time", xml.getLocation(), e);
    }
  }
}
