@echo off
rem Runs the command with the Java of this folder, if it brings one, or else that of JAVA_HOME or the path.
setlocal
set "HOME_DIR=%~dp0.."
set "JAVA_EXE=java"
if defined JAVA_HOME set "JAVA_EXE=%JAVA_HOME%\bin\java.exe"
if exist "%HOME_DIR%\runtime\bin\java.exe" set "JAVA_EXE=%HOME_DIR%\runtime\bin\java.exe"
"%JAVA_EXE%" %MILLWRIGHT_OPTS% -jar "%HOME_DIR%\millwright.jar" %*
exit /b %ERRORLEVEL%
