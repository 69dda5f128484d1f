import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { LineProcess } from './line-process.mjs';

/** Debian packages that bring every oracle. */
export const debianPackages = [
  'xmlsec1',
  'libxmlsec1-openssl',
  'libxml2-utils',
  'python3-zeep',
  'python3-xmlsec',
  'python3-lxml',
  'default-jdk-headless',
  'libwss4j-java',
  'libxml-security-java',
  'libcommons-logging-java',
  'libcommons-codec-java',
  'libslf4j-java',
  'libbcprov-java',
  'libbcpkix-java',
  'libbcutil-java',
  'openssl',
  'libengine-gost-openssl',
  'php8.2-cli',
  'php8.2-soap',
  'php8.2-xml',
  'chromium',
  'fonts-inter',
  'libpdfbox2-java',
  'libactivation-java',
  'libjaxb-api-java',
  'ghostscript',
];

const jar = (name) => `/usr/share/java/${name}.jar`;
const classPath = ['wss4j', 'xmlsec', 'commons-logging', 'slf4j-api', 'slf4j-nop', 'commons-codec'].map(jar);
const bouncyCastle = ['bcprov', 'bcpkix', 'bcutil'].map(jar);
const preflight = [
  'preflight',
  'pdfbox2',
  'fontbox2',
  'xmpbox',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
].map(jar);
// Not the first python3 of the PATH: only the system's one sees what apt installs.
const python = '/usr/bin/python3';
/** The browser, as Debian brings it. */
export const chromiumProgram = '/usr/bin/chromium';
const probes = {
  xmlsec1: ['xmlsec1', ['--version']],
  xmllint: ['xmllint', ['--version']],
  javac: ['javac', ['-version']],
  'zeep and xmlsec for Python': [python, ['-c', 'import zeep, xmlsec, lxml']],
  'OpenSSL with gost-engine': ['openssl', ['engine', 'gost']],
  Chromium: [chromiumProgram, ['--version']],
  Ghostscript: ['gs', ['--version']],
  'PHP with ext-soap': ['php8.2', ['-r', 'exit(class_exists("SoapServer") ? 0 : 1);']],
};

/** Names of the oracles that this machine lacks. */
export function missingTools() {
  const programs = Object.entries(probes)
    .filter(([, [command, options]]) => spawnSync(command, options, { stdio: 'ignore' }).status !== 0)
    .map(([name]) => name);
  return [...programs, ...[...classPath, ...bouncyCastle, ...preflight].filter((path) => !existsSync(path))];
}

const oracle = (name) => fileURLToPath(new URL(`oracles/${name}`, import.meta.url));

/** A JVM with WSS4J and Santuario. The classes go to `folder`. */
export function startJava(folder, options) {
  const path = [folder, ...classPath].join(':');
  execFileSync('javac', ['-Xlint:none', '-nowarn', '-cp', path, '-d', folder, oracle('Oracle.java')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new LineProcess('java', ['-Xmx1g', '-cp', path, 'Oracle', ...options]);
}

/** A JVM with BouncyCastle and Santuario. The classes go to `folder`. */
export function startGost(folder) {
  const path = [folder, ...classPath, ...bouncyCastle].join(':');
  const sources = ['BouncyGost.java', 'GostXml.java', 'GostOracle.java'].map(oracle);
  execFileSync('javac', ['-Xlint:none', '-nowarn', '-cp', path, '-d', folder, ...sources], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new LineProcess('java', ['-Xmx1g', '-cp', path, 'GostOracle']);
}

/** A JVM with PDFBox Preflight. The classes go to `folder`; its cache of fonts too. */
export function startPreflight(folder) {
  const path = [folder, ...preflight].join(':');
  execFileSync('javac', ['-Xlint:none', '-nowarn', '-cp', path, '-d', folder, oracle('PdfaOracle.java')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const cache = `-Dpdfbox.fontcache=${folder}`;
  return new LineProcess('java', ['-Xmx1g', '-Djava.awt.headless=true', cache, '-cp', path, 'PdfaOracle']);
}

/** A Python with zeep and xmlsec, which runs one of the programs in `oracles/`. It leaves no compiled files there. */
export function startPython(options, program = 'oracle.py') {
  return new LineProcess(python, ['-B', oracle(program), ...options]);
}

/** Runs a program to its end; rejects its failure with what it printed. Returns its standard output as bytes. */
export function run(command, options, input) {
  const { status, stdout, stderr, error } = spawnSync(command, options, {
    input,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  if (status !== 0)
    throw new Error(`${command} ended with ${status}: ${stderr.toString().trim().slice(0, 500)}`);
  return stdout;
}

/** Path of a PHP program of this package. */
export const phpProgram = (name) => oracle(name);
