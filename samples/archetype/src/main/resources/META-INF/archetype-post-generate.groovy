// The name of the plug-in, of its tasks, of its commands, of variables and, with a capital, of classes: no word of Java, none that the sample uses or imports, and no area or command of Millwright.
def own = ['energy', 'stroke', 'strokes', 'measured', 'verdict', 'line', 'model', 'millwright', 'sound',
           'activation', 'amount', 'binding', 'features', 'heads', 'job', 'learning', 'list', 'map', 'network', 'networks', 'outcome', 'path', 'plugin', 'predictor', 'preparation',
           'problems', 'recipe', 'sample', 'samples', 'set', 'split', 'string', 'task', 'test', 'trained', 'trainer', 'uncertainty', 'unit',
           'audit', 'comply', 'convert', 'doctor', 'explain', 'export', 'flow', 'help', 'info', 'journal', 'learn', 'maintenance', 'mcp', 'personalization', 'plugins', 'predict',
           'production', 'quality', 'route', 'rul', 'schedule', 'scheduling', 'store', 'supplychain', 'text', 'watch']
def area = request.properties['area']
if (!(area ==~ /[a-z][a-z0-9]*/) || javax.lang.model.SourceVersion.isKeyword(area) || area in own) {
    throw new IllegalArgumentException("area is \"$area\", but names a package, classes and commands: small letters and digits, no word of Java, none of $own. Maybe remove what was generated into $request.artifactId and try -Darea=kiln")
}
