package io.millwright.quality;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import io.millwright.api.data.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What went wrong on a known net of components (input of root cause analysis): readings from before
 * and from during, and who passes what to whom.
 *
 * @param before rows from normal operation, at least 50 and 5 for each row of {@code during}
 * @param during rows from the incident, at equal distances as those before
 * @param components stations, machines or services, each with its columns
 * @param links from the component that causes to the one that shows it, such as from a called
 *     service to its caller; strengths are not used
 * @param target the component where the incident was seen
 */
public record Incident(
    Table before,
    Table during,
    List<Component> components,
    List<CauseGraph.Link> links,
    String target) {

  /** Checks that names are known and stand once, and copies. */
  public Incident {
    components = List.copyOf(components);
    links = List.copyOf(links);
    Set<String> names = new HashSet<>();
    for (Component c : components) {
      if (!names.add(c.name())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE, "component '" + c.name() + "' stands twice\nMaybe name it once");
      }
    }
    for (CauseGraph.Link link : links) {
      if (!names.contains(link.from()) || !names.contains(link.to())) {
        throw new MillwrightException(
            ErrorCode.BAD_VALUE,
            "the link "
                + link.from()
                + " to "
                + link.to()
                + " joins an unknown component\nMaybe add the component");
      }
    }
    if (!names.contains(target)) {
      throw new MillwrightException(
          ErrorCode.BAD_VALUE, "there is no component '" + target + "'\nMaybe one of " + names);
    }
  }

  /**
   * A component. What it passes on in a row is its level times its volume: seconds a call times
   * calls, the share of scrap times pieces.
   *
   * @param name the name
   * @param level a column of what is wrong when it rises
   * @param volume a column of how often; empty where the level is the amount
   */
  public record Component(String name, String level, String volume) {}
}
