// The name of the plug-in, of its tasks, of its commands and of variables: no word of Java, nor one that the sample uses.
def own = ['energy', 'stroke', 'strokes', 'measured', 'verdict', 'line', 'model', 'millwright', 'sound']
def area = request.properties['area']
if (!(area ==~ /[a-z][a-z0-9]*/) || javax.lang.model.SourceVersion.isKeyword(area) || area in own) {
    throw new IllegalArgumentException("area is \"$area\", but names a package, classes and commands: small letters and digits, no word of Java, none of $own. Maybe remove what was generated into $request.artifactId and try -Darea=kiln")
}
