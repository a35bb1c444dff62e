@echo off
rem Starts Instep, with its saved games in this folder if it can be written to.
setlocal
set "here=%~dp0"
if not exist "%here%saved\" mkdir "%here%saved" 2>nul
rem That the folder is there does not say that it can be written to.
(echo try>"%here%saved\try.tmp") 2>nul
if not exist "%here%saved\try.tmp" goto elsewhere
del "%here%saved\try.tmp"
"%here%instep.exe" --data "%here%saved" %*
exit /b
:elsewhere
"%here%instep.exe" %*
exit /b
