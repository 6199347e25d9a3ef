package io.millwright.connect.isa95;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of a plant document. Names count without their namespace, whose version changes from
 * one edition of B2MML to the next.
 */
final class Xml {

  private static final int MOST_DEPTH = 64;
  private static final int MOST_ELEMENTS = 5_000_000;
  private static final int MOST_TEXT = 1 << 16;

  private final Path file;
  private final String name;
  private final int line;
  private final List<Xml> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private Xml(Path file, String name, int line) {
    this.file = file;
    this.name = name;
    this.line = line;
  }

  /** Reads a document. One with a document type is refused: that is where entities come from. */
  static Xml read(Path file) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    try (InputStream in = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(in);
      try {
        return tree(file, reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      String said = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
      throw bad(file, line, "no XML: " + said, "it was cut off, or is another format", e);
    } catch (IOException e) {
      throw new MillwrightException(
          ErrorCode.IO_FAILED,
          "cannot read " + file + ": " + e + "\nMaybe check the path and the right to read it",
          e);
    }
  }

  private static Xml tree(Path file, XMLStreamReader in) throws XMLStreamException {
    Deque<Xml> open = new ArrayDeque<>();
    Optional<Xml> root = Optional.empty();
    int count = 0;
    while (in.hasNext()) {
      int event = in.next();
      int line = in.getLocation().getLineNumber();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw bad(
            file,
            line,
            "a document type or an entity, which is never read",
            "leave <!DOCTYPE> out: it can pull in other files and exhaust memory",
            null);
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        if (++count > MOST_ELEMENTS || open.size() == MOST_DEPTH) {
          throw bad(
              file,
              line,
              "more than " + MOST_ELEMENTS + " elements, or deeper than " + MOST_DEPTH,
              "split the document",
              null);
        }
        Xml element = new Xml(file, in.getLocalName(), line);
        Xml parent = open.peek();
        if (parent == null) {
          root = Optional.of(element);
        } else {
          parent.children.add(element);
        }
        open.push(element);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        open.pop();
      } else if (in.hasText() && event != XMLStreamConstants.COMMENT) {
        Xml element = open.peek();
        if (element != null) {
          element.text.append(in.getText());
          if (element.text.length() > MOST_TEXT) {
            throw bad(file, line, "a text of more than " + MOST_TEXT, "it is no plan", null);
          }
        }
      }
    }
    return root.orElseThrow(() -> bad(file, 1, "no element", "the file is empty", null));
  }

  private static MillwrightException bad(
      Path file, int line, String what, String maybe, @Nullable Exception cause) {
    return new MillwrightException(
        ErrorCode.BAD_FILE, file + ", line " + line + ": " + what + "\nMaybe " + maybe, cause);
  }

  String name() {
    return name;
  }

  String text() {
    return text.toString().strip();
  }

  List<Xml> all(String child) {
    return children.stream().filter(c -> c.name.equals(child)).toList();
  }

  Optional<Xml> first(String child) {
    return children.stream().filter(c -> c.name.equals(child)).findFirst();
  }

  /** The text of a child; empty when there is none or it is blank. */
  Optional<String> text(String child) {
    return first(child).map(Xml::text).filter(t -> !t.isEmpty());
  }

  String needed(String child) {
    return text(child)
        .orElseThrow(
            () ->
                bad(
                    "<" + name + "> has no <" + child + ">",
                    "another edition writes it elsewhere"));
  }

  MillwrightException bad(String what, String maybe) {
    return bad(file, line, what, maybe, null);
  }
}
