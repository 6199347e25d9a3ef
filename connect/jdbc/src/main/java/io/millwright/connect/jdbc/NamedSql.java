package io.millwright.connect.jdbc;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * SQL whose named parameters are places.
 *
 * @param sql with a question mark for each
 * @param names the name at each place
 */
record NamedSql(String sql, List<String> names) {

  NamedSql {
    names = List.copyOf(names);
  }

  /** Finds the parameters; those and the given ones must be the same. */
  static NamedSql of(Query query) {
    NamedSql named = parse(query.sql());
    Set<String> missing = new LinkedHashSet<>(named.names);
    missing.removeAll(query.parameters().keySet());
    if (!missing.isEmpty()) {
      throw wrong(query, "has no value for " + missing, "give it one with with(name, value)");
    }
    Set<String> unused = new LinkedHashSet<>(query.parameters().keySet());
    unused.removeAll(named.names);
    if (!unused.isEmpty()) {
      throw wrong(query, "does not name " + unused, "write it :name, outside quotes");
    }
    return named;
  }

  private static MillwrightException wrong(Query query, String what, String maybe) {
    return new MillwrightException(
        ErrorCode.BAD_OPTION, "query \"" + query.name() + "\" " + what + "\nMaybe " + maybe);
  }

  static NamedSql parse(String sql) {
    StringBuilder out = new StringBuilder(sql.length());
    List<String> names = new ArrayList<>();
    for (int at = 0; at < sql.length(); ) {
      int end = skipped(sql, at);
      if (end > at) {
        out.append(sql, at, end);
        at = end;
        continue;
      }
      if (sql.charAt(at) == ':' && at + 1 < sql.length() && starts(sql.charAt(at + 1))) {
        end = at + 2;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
          end++;
        }
        names.add(sql.substring(at + 1, end));
        out.append('?');
        at = end;
      } else {
        out.append(sql.charAt(at++));
      }
    }
    return new NamedSql(out.toString(), names);
  }

  private static boolean starts(char c) {
    return Character.isJavaIdentifierStart(c) && c != '$';
  }

  /** The end of what begins here and holds no parameters; the place itself when nothing does. */
  private static int skipped(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      return after(sql, String.valueOf(c), at + 1);
    }
    if (sql.startsWith("--", at)) {
      return after(sql, "\n", at + 2);
    }
    if (sql.startsWith("/*", at)) {
      return after(sql, "*/", at + 2);
    }
    if (sql.startsWith("::", at)) {
      return at + 2;
    }
    if (c == '$') {
      int tag = at + 1;
      while (tag < sql.length() && Character.isLetterOrDigit(sql.charAt(tag))) {
        tag++;
      }
      if (tag < sql.length() && sql.charAt(tag) == '$') {
        return after(sql, sql.substring(at, tag + 1), tag + 1);
      }
    }
    return at;
  }

  private static int after(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }
}
