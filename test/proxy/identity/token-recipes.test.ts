/** The token of each language in proxy/README.md is the one that the proxy takes. A language that is not installed is skipped. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { createTokenIdentity } from '../../../proxy/identity/identity.js';
import { fencesOf } from '../../package/fence.js';

const DOCUMENT = 'proxy/README.md';
const SECRET = 'for-this-test-only-and-long-enough-for-hs256';
const EXPIRES_AT = 1_798_761_600;
const TOKEN =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
  'eyJleHAiOjE3OTg3NjE2MDAsImV4dGVybmFsX3VzZXJfaWQiOiJhZGEiLCJzdWIiOiJjdXNfNyIsInN1YnNjcmlwdGlvbl9pZCI6InN1Yl83In0.' +
  '1jzokcGGk9G1x8iQKofk-iexOTnffGattTHIkYla-jY';

interface Language {
  /** Tells whether it is installed. */
  readonly check: readonly [command: string, ...parameters: string[]];
  readonly file: string;
  /** Runs the file, and gets the parameters of the function. */
  readonly run: readonly [command: string, ...parameters: string[]];
  /** A program that prints the token of its parameters. */
  readonly program: (recipe: string) => string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  js: {
    check: [process.execPath, '--version'],
    file: 'token.mjs',
    run: [process.execPath],
    program: (recipe) => `${recipe}
const [customer, subscription, user, expires] = process.argv.slice(2);
console.log(offerToken(customer, subscription, user, Number(expires)));`,
  },
  python: {
    check: ['python3', '--version'],
    file: 'token_recipe.py',
    run: ['python3'],
    program: (recipe) => `${recipe}
import sys
print(offer_token(*sys.argv[1:4], int(sys.argv[4])))`,
  },
  ruby: {
    check: ['ruby', '--version'],
    file: 'token.rb',
    run: ['ruby'],
    program: (recipe) => `${recipe}\nputs offer_token(*ARGV.take(3), Integer(ARGV[3]))`,
  },
  php: {
    check: ['php', '--version'],
    file: 'token.php',
    run: ['php'],
    program: (recipe) => `${recipe}\necho offer_token($argv[1], $argv[2], $argv[3], (int) $argv[4]);`,
  },
  go: {
    check: ['go', 'version'],
    file: 'token.go',
    run: ['go', 'run'],
    program: (recipe) => `package main
${recipe}
func main() {
  var expires int64
  json.Unmarshal([]byte(os.Args[4]), &expires)
  token, err := offerToken(os.Args[1], os.Args[2], os.Args[3], expires)
  if err != nil { panic(err) }
  os.Stdout.WriteString(token)
}`,
  },
  java: {
    check: ['java', '--version'],
    file: 'Token.java',
    run: ['java'],
    // Java runs the first class of a file.
    program: (recipe) =>
      recipe.replace(
        'class OfferToken',
        `class Token {
  public static void main(String[] ids) throws Exception {
    System.out.println(OfferToken.of(ids[0], ids[1], ids[2], Long.parseLong(ids[3])));
  }
}

class OfferToken`,
      ),
  },
  csharp: {
    // Runs a single file since .NET 10.
    check: ['dotnet', '--version'],
    file: 'token.cs',
    run: ['dotnet', 'run'],
    program: (recipe) =>
      recipe.replace(
        'static class',
        'Console.WriteLine(OfferToken.Of(args[0], args[1], args[2], long.Parse(args[3])));\n\nstatic class',
      ),
  },
};

const recipes = fencesOf(readFileSync(DOCUMENT, 'utf8'), DOCUMENT).filter(({ words }) => words.includes('recipe'));
const folder = mkdtempSync(join(tmpdir(), 'upgrade-offer-recipes-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('has a recipe in each language, and no other', () => {
  expect(recipes.map(({ language }) => language)).toEqual(Object.keys(LANGUAGES));
});

describe.each(Object.entries(LANGUAGES))('the token in %s', (name, language) => {
  const isMissing = spawnSync(language.check[0], language.check.slice(1)).status !== 0;

  it.skipIf(isMissing)(`is the one that the proxy takes (needs ${language.check[0]})`, async () => {
    const code = recipes.find((recipe) => recipe.language === name)?.code ?? '';
    await writeFile(join(folder, language.file), language.program(code));
    expect(await tokenOf(language, 'cus_7', 'sub_7', 'ada')).toBe(TOKEN);
    const odd = `o'neil "7" \\ /`;
    expect(await identify(await tokenOf(language, odd, 'sub_7', odd))).toMatchObject({
      customerId: odd,
      subscriptionId: 'sub_7',
      userId: odd,
    });
  });
});

async function tokenOf({ run: [command, ...parameters], file }: Language, ...ids: string[]): Promise<string> {
  const env = { ...process.env, IDENTITY_SECRET: SECRET };
  const all = [...parameters, file, ...ids, String(EXPIRES_AT)];
  const { stdout } = await promisify(execFile)(command, all, { cwd: folder, env });
  return stdout.trim();
}

function identify(token: string) {
  const settings = { key: { secrets: [SECRET] }, issuer: undefined, audience: undefined };
  const log = { info() {}, warn() {}, error() {} };
  const identifyByToken = createTokenIdentity(settings, { now: () => (EXPIRES_AT - 60) * 1_000, fetch, log });
  return identifyByToken(new Request('http://localhost', { headers: { Authorization: `Bearer ${token}` } }));
}
