package io.millwright.runtime.export;

import io.millwright.api.data.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of columns as a language allows them, none twice. */
final class Names {

  /**
   * Words, types, functions and blocks of IEC 61131-3, which no block of one's own may be called.
   */
  private static final Set<String> RESERVED =
      Set.of(
          ("ABSTRACT ACTION AND ANY ARRAY AT BEGIN BOOL BY BYTE CASE CHAR CLASS CONFIGURATION"
                  + " CONSTANT CONTINUE DATE DATE_AND_TIME DINT DO DT DWORD ELSE ELSIF EN ENO EXIT"
                  + " EXTENDS FALSE FINAL FOR FROM FUNCTION FUNCTION_BLOCK GET IF IMPLEMENTS"
                  + " INITIAL_STEP INT INTERFACE INTERNAL INTERVAL LDATE LDT LINT LREAL LTIME LTOD"
                  + " LWORD METHOD MOD NAMESPACE NON_RETAIN NOT NULL OF ON OR OVERLAP OVERRIDE POINTER"
                  + " PRIORITY PRIVATE PROGRAM PROPERTY PROTECTED PUBLIC READ_ONLY READ_WRITE REAL REF"
                  + " REF_TO REFERENCE REPEAT RESOURCE RETAIN RETURN SET SINGLE SINT STEP STRING"
                  + " STRUCT SUPER TASK THEN THIS TIME TIME_OF_DAY TO TOD TRANSITION TRUE TYPE UDINT"
                  + " UINT ULINT UNION UNTIL USING USINT WCHAR WHILE WITH WORD WSTRING XOR ABS SQRT LN"
                  + " LOG EXP SIN COS TAN ASIN ACOS ATAN ATAN2 EXPT ADD SUB MUL DIV MOVE SEL MAX MIN"
                  + " LIMIT MUX SHL SHR ROL ROR GT GE EQ LE LT NE LEN LEFT RIGHT MID CONCAT INSERT"
                  + " DELETE REPLACE FIND TRUNC TON TOF TP CTU CTD CTUD R_TRIG F_TRIG SR RS")
              .split(" ", -1));

  private final List<String> names;

  private Names(List<String> names) {
    this.names = names;
  }

  static Names java(List<Column> columns) {
    Set<String> taken = new HashSet<>(Set.of("v", "s"));
    return new Names(
        columns.stream()
            .map(
                c -> {
                  String name = letters(c.name());
                  return free(
                      javax.lang.model.SourceVersion.isName(name) ? name : name + "_", taken);
                })
            .toList());
  }

  /** Names of structured text know no capitals, no two underscores in a row and none at the end. */
  static Names structuredText(List<Column> columns) {
    Set<String> taken = new HashSet<>();
    return new Names(
        columns.stream()
            .map(
                c ->
                    free(
                        "in_"
                            + letters(c.name())
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("^_+|_+$", "")
                                .replaceAll("_+", "_"),
                        taken))
            .toList());
  }

  /** Whether a block of structured text may have a name. */
  static boolean isBlock(String name) {
    String capitals = name.toUpperCase(Locale.ROOT);
    return name.matches("[A-Za-z]([A-Za-z0-9]|_(?=[A-Za-z0-9])){0,60}")
        && !RESERVED.contains(capitals)
        && !capitals.matches("(END|VAR)(_.*)?");
  }

  private static String letters(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.matches("[A-Za-z].*") ? plain : "x" + plain;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + (name.endsWith("_") ? "" : "_") + i;
    }
    return free;
  }

  String of(int column) {
    return names.get(column);
  }

  /** A text of others in a comment. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replace("*/", "* /").replace("\\u", "\\ u");
  }
}
