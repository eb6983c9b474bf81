#!/usr/bin/env pwsh
# Builds what changed, then runs the host: ./agent.ps1 --help
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$hostDll = Join-Path $root 'src/AgentHost/bin/Release/net10.0/Flatfile.Agent.Host.dll'
$stamp = Join-Path $root 'artifacts/agent/built'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_SKIP_FIRST_TIME_EXPERIENCE = '1'

function Say([string] $text) { [Console]::Error.WriteLine($text) }

if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
    Say "error: The .NET SDK is not installed, or 'dotnet' is not on the PATH."
    Say "       Everything here is built by it. Install the .NET 10 SDK: https://dotnet.microsoft.com/download"
    exit 2
}

function Test-SourcesChanged {
    if (-not (Test-Path $hostDll) -or -not (Test-Path $stamp)) { return $true }
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $places = 'src', 'plugins', 'eng', 'appsettings.json', 'global.json', 'Directory.Build.props', 'Directory.Packages.props', 'artifacts/adapters.props' |
        ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ }
    $newer = Get-ChildItem $places -Recurse -Force |
        Where-Object { $_.FullName -notmatch '[\\/](bin|obj)([\\/]|$)' -and $_.LastWriteTimeUtc -gt $built -and
            # The first build makes bin and obj, which changes the folder of the project itself: that is no change of its sources.
            -not (Test-Path (Join-Path $_.FullName 'obj')) } |
        Select-Object -First 1
    return $null -ne $newer
}

# Tries to restore the packages of each adapter and writes which are compiled in; the answer is remembered until the versions change.
function Set-Adapters([bool] $again) {
    $answer = Join-Path $root 'artifacts/adapters.props'
    $asked = (Join-Path $root 'Directory.Packages.props'), (Join-Path $root 'eng/adapters.proj')
    if (-not $again -and (Test-Path $answer)) {
        $written = (Get-Item $answer).LastWriteTimeUtc
        if (-not ($asked | Where-Object { (Get-Item $_).LastWriteTimeUtc -gt $written })) { return }
    }
    $limit = if ($env:ADAPTER_RESTORE_SECONDS) { [int]$env:ADAPTER_RESTORE_SECONDS } else { 60 }
    New-Item -ItemType Directory -Force (Join-Path $root 'artifacts/adapters') | Out-Null
    $in = @(); $out = @(); $lines = @()
    foreach ($adapter in @('AzureServiceBus')) {
        $log = Join-Path $root "artifacts/adapters/$adapter.log"
        $restoring = Start-Process dotnet -PassThru -NoNewWindow -RedirectStandardOutput $log -RedirectStandardError "$log.errors" -ArgumentList `
            'restore', ('"' + (Join-Path $root 'eng/adapters.proj') + '"'), "-p:Adapter=$adapter", '-v', 'quiet'
        # Without a handle taken early the exit code is lost.
        $null = $restoring.Handle
        if (-not $restoring.WaitForExit($limit * 1000)) { $restoring.Kill(); $has = 'false' }
        elseif ($restoring.ExitCode -eq 0) { $has = 'true' }
        else { $has = 'false' }
        if ($has -eq 'true') { $in += $adapter } else { $out += $adapter }
        $lines += "    <With$adapter Condition=`"'`$(With$adapter)' == ''`">$has</With$adapter>"
    }
    Set-Content $answer (@('<Project>', '  <PropertyGroup>') + $lines + @('  </PropertyGroup>', '</Project>'))
    $said = 'Adapters compiled in: ' + $(if ($in) { $in -join ' ' } else { 'none' }) + '.'
    if ($out) { $said += " Not: $($out -join ' '); the package feed lacks what they need (artifacts/adapters/*.log). ./agent.ps1 adapters asks again." }
    Say $said
}

function Invoke-Build {
    Set-Adapters $false
    Say 'Building (the first time takes a minute) ...'
    $started = (Get-Date).ToUniversalTime()
    $output = & dotnet build (Join-Path $root 'src/AgentHost/AgentHost.csproj') -c Release -v quiet -clp:NoSummary 2>&1
    if ($LASTEXITCODE -ne 0) {
        $output | ForEach-Object { "$_" } | Sort-Object -Unique | ForEach-Object { Say $_ }
        Say 'error: The build failed, so nothing was started. The lines above say where.'
        exit 1
    }
    New-Item -ItemType Directory -Force (Split-Path $stamp) | Out-Null
    Set-Content $stamp ''
    (Get-Item $stamp).LastWriteTimeUtc = $started
}

function Invoke-Tests([string[]] $more) {
    $results = Join-Path $root 'artifacts/test'
    if (Test-Path $results) { Remove-Item $results -Recurse -Force }
    New-Item -ItemType Directory -Force $results | Out-Null
    Set-Adapters $false
    & dotnet build (Join-Path $root 'Flatfile.Agent.sln') -c Release -v quiet -clp:NoSummary
    if ($LASTEXITCODE -ne 0) { '0 passed, 1 failed, 0 skipped'; exit 1 }
    $passed = 0; $failed = 0; $skipped = 0
    foreach ($project in Get-ChildItem (Join-Path $root 'tests') -Directory -Filter '*.Tests') {
        $trx = Join-Path $results "$($project.Name).trx"
        $log = & dotnet test $project.FullName -c Release --no-build --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" -v quiet @more 2>&1
        $code = $LASTEXITCODE
        $good = 0; $bad = 0; $missed = 0
        if (Test-Path $trx) {
            $counters = ([xml](Get-Content $trx -Raw)).TestRun.ResultSummary.Counters
            $good = [int]$counters.passed; $bad = [int]$counters.failed; $missed = [int]$counters.total - $good - $bad
        }
        # A run that broke off after its last finished test reports no failed test, yet it failed.
        if ($code -ne 0 -and $bad -eq 0) { $bad = 1 }
        $passed += $good; $failed += $bad; $skipped += $missed
        '{0,-22} {1,4} passed {2,3} failed {3,3} skipped' -f $project.Name, $good, $bad, $missed
        if ($missed -gt 0) {
            ([xml](Get-Content $trx -Raw)).TestRun.Results.UnitTestResult | Where-Object outcome -eq 'NotExecuted' |
                ForEach-Object { "    skipped: $($_.Output.ErrorInfo.Message)" } | Sort-Object -Unique
        }
        if ($bad -gt 0) { $log | ForEach-Object { "    $_" } }
    }
    if (-not (Select-String -Quiet '<WithAzureServiceBus[^>]*>true<' (Join-Path $root 'artifacts/adapters.props'))) {
        'AzureServiceBus: not compiled in, its suite did not run: the package feed lacks what it needs (artifacts/adapters/AzureServiceBus.log).'
    } elseif (-not $env:AGENT_TEST_SERVICEBUS) {
        'AzureServiceBus: compiled in, its suite did not run: no connection string in AGENT_TEST_SERVICEBUS. What needs no bus ran.'
    } else {
        'AzureServiceBus: compiled in, its suite ran against the bus of AGENT_TEST_SERVICEBUS.'
    }
    if ($passed + $failed -eq 0) { 'error: No test ran. Is the filter right?'; $failed = 1 }
    if ($env:REQUIRE_ALL -eq '1' -and $skipped -gt 0) { "error: REQUIRE_ALL=1 and $skipped skipped: every suite must run here." }
    "$passed passed, $failed failed, $skipped skipped"
    if ($failed -gt 0 -or ($env:REQUIRE_ALL -eq '1' -and $skipped -gt 0)) { exit 1 }
    exit 0
}

$rest = @($args | Select-Object -Skip 1)
if ($args.Count -gt 0 -and $args[0] -eq 'test') { Invoke-Tests $rest }
if ($args.Count -gt 0 -and $args[0] -eq 'adapters') { Set-Adapters $true; exit 0 }
if ($args.Count -gt 0 -and $args[0] -eq 'bench') {
    & dotnet run -c Release --project (Join-Path $root 'tests/Benchmarks') -- @rest
    exit $LASTEXITCODE
}

if (Test-SourcesChanged) { Invoke-Build }
& dotnet $hostDll @args
exit $LASTEXITCODE
