package io.millwright.cli.kit;

import io.millwright.api.EngineReport;
import io.millwright.api.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/** Findings and engines, for people and as documents. */
public final class Documents {

  private Documents() {}

  /** As a document. */
  public static Map<String, Object> of(Finding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", finding.code());
    document.put("place", finding.place());
    document.put("message", finding.message());
    document.put("remedy", finding.remedy());
    return document;
  }

  /** As a line. */
  public static String described(EngineReport.Candidate engine) {
    return engine.name()
        + (engine.version().isEmpty() ? "" : " " + engine.version())
        + (engine.usable() ? "" : ", not usable")
        + (engine.trains() || engine.detail().contains("predicts only") ? "" : ", predicts only")
        + (engine.detail().isEmpty() ? "" : ": " + engine.detail());
  }

  /** As a document. */
  public static Map<String, Object> of(EngineReport.Candidate engine) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("name", engine.name());
    document.put("version", engine.version());
    document.put("trains", engine.trains());
    document.put("usable", engine.usable());
    document.put("detail", engine.detail());
    return document;
  }
}
