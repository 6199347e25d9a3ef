package io.millwright.connect.isa95;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.scheduling.Alternative;
import io.millwright.scheduling.Assignment;
import io.millwright.scheduling.Machine;
import io.millwright.scheduling.Need;
import io.millwright.scheduling.Operation;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Shop;
import io.millwright.scheduling.ShopJob;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Operations schedules and operations performance in the words of B2MML (ISA-95 part 4, IEC
 * 62264-4): orders in, what was done out. Reads only what is inside the document. Immutable and
 * thread-safe.
 *
 * <p>An OperationsRequest is a job: StartTime its release, EndTime its due date. Its
 * SegmentRequirements are operations, one after the other in the order of the document: Duration is
 * the time on a machine, the one EquipmentRequirement names machines (several EquipmentIDs are
 * alternatives) or a class of them, each PersonnelRequirement a resource and how much of it. What a
 * document says beside that and a plan would have to keep is refused, not left out.
 */
public final class B2mml {

  private static final String NAMESPACE = "http://www.mesa.org/xml/B2MML";

  private final PlantClock clock;
  private final ZoneId zone;
  private final Map<String, List<String>> classes;

  private B2mml(PlantClock clock, ZoneId zone, Map<String, List<String>> classes) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.zone = Objects.requireNonNull(zone, "zone");
    this.classes = classes;
  }

  /**
   * Documents of a plant.
   *
   * @param clock what ticks are
   * @param zone the zone of times that carry no offset
   * @return reader and writer
   */
  public static B2mml of(PlantClock clock, ZoneId zone) {
    return new B2mml(clock, zone, Map.of());
  }

  /**
   * The same with a class of equipment.
   *
   * @param id as EquipmentClassID names it
   * @param machines those that belong to it
   * @return reader and writer
   */
  public B2mml equipmentClass(String id, String... machines) {
    Map<String, List<String>> more = new TreeMap<>(classes);
    more.put(id, List.of(machines));
    return new B2mml(clock, zone, Map.copyOf(more));
  }

  /**
   * Reads an operations schedule.
   *
   * @param file a document whose root is OperationsSchedule
   * @param floor its machines, resources, calendars and start are kept, its jobs are not
   * @return the floor with the requests as its jobs, not yet checked
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming line and element, or {@link
   *     ErrorCode#IO_FAILED}
   */
  public Shop schedule(Path file, Shop floor) {
    Xml root = Xml.read(file);
    if (!root.name().equals("OperationsSchedule")) {
      throw root.bad(
          "the root is <" + root.name() + ">, not <OperationsSchedule>",
          "it is another document of the plant");
    }
    Set<String> machines = new HashSet<>();
    floor.machines().stream().map(Machine::id).forEach(machines::add);
    List<ShopJob> jobs = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Xml request : root.all("OperationsRequest")) {
      ShopJob job = job(request, machines);
      if (!ids.add(job.id())) {
        throw request.bad("a second request \"" + job.id() + "\"", "it was exported twice");
      }
      jobs.add(job);
    }
    if (jobs.isEmpty()) {
      throw root.bad("no <OperationsRequest>", "the plan of another period is meant");
    }
    return floor.withJobs(jobs);
  }

  private ShopJob job(Xml request, Set<String> machines) {
    List<Xml> segments = request.all("SegmentRequirement");
    if (segments.isEmpty()) {
      throw request.bad(
          "a request without <SegmentRequirement>", "only the heads of orders were exported");
    }
    List<Operation> operations = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int k = 0; k < segments.size(); k++) {
      Xml segment = segments.get(k);
      if (k > 0) {
        unkept(segment, "EarliestStartTime");
      }
      if (k < segments.size() - 1) {
        unkept(segment, "LatestEndTime");
      }
      unkept(segment, "SegmentRequirement");
      Operation operation = operation(segment, machines);
      if (!ids.add(operation.id())) {
        throw segment.bad(
            "a second segment \"" + operation.id() + "\" of one request", "give each an <ID>");
      }
      operations.add(operation);
    }
    ShopJob.Builder job =
        ShopJob.chain(request.needed("ID"), operations.toArray(new Operation[0])).toBuilder();
    Optional<Instant> earliest = time(segments.get(0), "EarliestStartTime");
    long release = 0;
    for (Optional<Instant> start : List.of(time(request, "StartTime"), earliest)) {
      release = Math.max(release, start.map(clock::after).orElse(0L));
    }
    job.release(release);
    Optional<Instant> end = time(request, "EndTime");
    Optional<Instant> latest = time(segments.get(segments.size() - 1), "LatestEndTime");
    end.or(() -> latest).ifPresent(t -> job.due(clock.before(t)));
    end.ifPresent(t -> latest.filter(l -> l.isBefore(t)).ifPresent(l -> job.due(clock.before(l))));
    return job.build();
  }

  private static void unkept(Xml segment, String element) {
    segment
        .first(element)
        .ifPresent(
            e -> {
              throw e.bad(
                  "<" + element + "> within a chain of segments, which a plan would not keep",
                  "leave it out, or split the request");
            });
  }

  private Operation operation(Xml segment, Set<String> machines) {
    String id = segment.text("ID").orElseGet(() -> segment.needed("ProcessSegmentID"));
    Xml duration =
        segment
            .first("Duration")
            .orElseThrow(
                () -> segment.bad("a segment without <Duration>", "it stands in the definition"));
    long ticks = clock.ticks(duration(duration));
    List<Xml> equipment = segment.all("EquipmentRequirement");
    if (equipment.size() != 1) {
      throw segment.bad(
          equipment.size() + " <EquipmentRequirement> in segment \"" + id + "\"",
          "one names the machines; state tools and crews as personnel or resources");
    }
    List<Alternative> alternatives = new ArrayList<>();
    for (String machine : machines(equipment.get(0))) {
      if (!machines.contains(machine)) {
        throw equipment
            .get(0)
            .bad("no machine \"" + machine + "\" on the floor", "it has another name there");
      }
      alternatives.add(Alternative.of(machine, ticks));
    }
    List<Need> needs = new ArrayList<>();
    for (Xml person : segment.all("PersonnelRequirement")) {
      String resource = person.text("PersonID").orElseGet(() -> person.needed("PersonnelClassID"));
      needs.add(new Need(resource, quantity(person)));
    }
    return Operation.builder(id, alternatives).needs(needs).build();
  }

  private List<String> machines(Xml equipment) {
    List<String> named = equipment.all("EquipmentID").stream().map(Xml::text).toList();
    if (!named.isEmpty()) {
      return named;
    }
    String id = equipment.needed("EquipmentClassID");
    List<String> members = classes.get(id);
    if (members == null) {
      throw equipment.bad(
          "the class \"" + id + "\" is not known",
          "state its machines with equipmentClass(\"" + id + "\", ...)");
    }
    return members;
  }

  private static int quantity(Xml person) {
    Optional<Xml> quantity = person.first("Quantity");
    if (quantity.isEmpty()) {
      return 1;
    }
    String text = quantity.get().text("QuantityString").orElseGet(quantity.get()::text);
    try {
      int amount = Integer.parseInt(text);
      if (amount > 0) {
        return amount;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw quantity.get().bad("\"" + text + "\" is no number of people", "write a whole number");
  }

  private static Duration duration(Xml element) {
    try {
      Duration duration = Duration.parse(element.text());
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw element.bad(
        "\"" + element.text() + "\" is no duration", "write days, hours and minutes: P1DT2H30M");
  }

  private Optional<Instant> time(Xml of, String child) {
    return of.first(child).filter(x -> !x.text().isEmpty()).map(this::time);
  }

  private Instant time(Xml element) {
    String text = element.text();
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException withoutOffset) {
      try {
        LocalDateTime local = LocalDateTime.parse(text);
        if (zone.getRules().getValidOffsets(local).size() == 1) {
          return local.atZone(zone).toInstant();
        }
      } catch (DateTimeException e) {
        throw element.bad("\"" + text + "\" is no time", "write it like 2026-01-05T06:00:00Z");
      }
      throw element.bad(
          "\"" + text + "\" was twice or never in " + zone, "write it with its offset");
    }
  }

  /**
   * Writes what was done as operations performance: a response for each job, a segment response for
   * each operation with its machine, and the people it held.
   *
   * @param id names the document
   * @param done assignments that were carried out, at the times at which they were
   * @return the document, the same for equal schedules
   */
  public String performance(String id, Schedule done) {
    Map<String, List<Assignment>> jobs = new LinkedHashMap<>();
    for (Assignment a : done.assignments()) {
      jobs.computeIfAbsent(a.job(), j -> new ArrayList<>()).add(a);
    }
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      out.writeStartDocument("UTF-8", "1.0");
      out.setDefaultNamespace(NAMESPACE);
      out.writeStartElement(NAMESPACE, "OperationsPerformance");
      out.writeDefaultNamespace(NAMESPACE);
      element(out, "ID", id);
      element(out, "OperationsType", "Production");
      span(out, "StartTime", "EndTime", done.assignments());
      for (Map.Entry<String, List<Assignment>> job : jobs.entrySet()) {
        response(out, job.getKey(), job.getValue());
      }
      out.writeEndElement();
      out.writeEndDocument();
      out.close();
    } catch (XMLStreamException e) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE,
          "a name of the plan cannot be written as XML: "
              + e.getMessage()
              + "\nMaybe it holds a control character",
          e);
    }
    return text.toString();
  }

  private void response(XMLStreamWriter out, String job, List<Assignment> assignments)
      throws XMLStreamException {
    out.writeStartElement(NAMESPACE, "OperationsResponse");
    element(out, "ID", job);
    element(out, "OperationsRequestID", job);
    span(out, "StartTime", "EndTime", assignments);
    for (Assignment a : assignments) {
      out.writeStartElement(NAMESPACE, "SegmentResponse");
      element(out, "ID", a.operation());
      span(out, "ActualStartTime", "ActualEndTime", List.of(a));
      Map<String, Integer> people = new LinkedHashMap<>();
      a.held().forEach(h -> people.merge(h, 1, Integer::sum));
      for (Map.Entry<String, Integer> person : people.entrySet()) {
        out.writeStartElement(NAMESPACE, "PersonnelActual");
        element(out, "PersonnelClassID", person.getKey());
        out.writeStartElement(NAMESPACE, "Quantity");
        element(out, "QuantityString", Integer.toString(person.getValue()));
        out.writeEndElement();
        out.writeEndElement();
      }
      out.writeStartElement(NAMESPACE, "EquipmentActual");
      element(out, "EquipmentID", a.machine());
      out.writeEndElement();
      out.writeEndElement();
    }
    out.writeEndElement();
  }

  private void span(XMLStreamWriter out, String from, String to, List<Assignment> of)
      throws XMLStreamException {
    if (of.isEmpty()) {
      return;
    }
    long start = of.stream().mapToLong(Assignment::start).min().orElse(0);
    long end = of.stream().mapToLong(Assignment::end).max().orElse(0);
    element(out, from, DateTimeFormatter.ISO_INSTANT.format(clock.time(start)));
    element(out, to, DateTimeFormatter.ISO_INSTANT.format(clock.time(end)));
  }

  private static void element(XMLStreamWriter out, String name, String text)
      throws XMLStreamException {
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      if (c < ' ' && c != '\t' && c != '\n') {
        throw new XMLStreamException("character " + (int) c + " in " + name);
      }
    }
    out.writeStartElement(NAMESPACE, name);
    out.writeCharacters(text);
    out.writeEndElement();
  }

  /**
   * Reads operations performance: what was done, as assignments without set-ups.
   *
   * @param file a document whose root is OperationsPerformance
   * @return the assignments, in the ticks of the clock
   * @throws MillwrightException with {@link ErrorCode#BAD_FILE}, naming line and element, or {@link
   *     ErrorCode#IO_FAILED}
   */
  public Schedule performance(Path file) {
    Xml root = Xml.read(file);
    if (!root.name().equals("OperationsPerformance")) {
      throw root.bad(
          "the root is <" + root.name() + ">, not <OperationsPerformance>",
          "it is another document of the plant");
    }
    List<Assignment> done = new ArrayList<>();
    for (Xml response : root.all("OperationsResponse")) {
      String job = response.text("OperationsRequestID").orElseGet(() -> response.needed("ID"));
      for (Xml segment : response.all("SegmentResponse")) {
        Xml machine =
            segment
                .first("EquipmentActual")
                .orElseThrow(
                    () -> segment.bad("no <EquipmentActual>", "the machine was not recorded"));
        List<String> held = new ArrayList<>();
        for (Xml person : segment.all("PersonnelActual")) {
          String name = person.text("PersonID").orElseGet(() -> person.needed("PersonnelClassID"));
          for (int k = quantity(person); k > 0; k--) {
            held.add(name);
          }
        }
        done.add(
            new Assignment(
                job,
                segment.text("ID").orElseGet(() -> segment.needed("ProcessSegmentID")),
                machine.needed("EquipmentID"),
                0,
                clock.before(needed(segment, "ActualStartTime")),
                clock.after(needed(segment, "ActualEndTime")),
                held));
      }
    }
    return new Schedule(done);
  }

  private Instant needed(Xml segment, String child) {
    return time(segment, child)
        .orElseThrow(() -> segment.bad("no <" + child + ">", "it is not finished yet"));
  }
}
