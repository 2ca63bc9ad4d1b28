// The page on which somebody signs in at the user pool, for browsers and for small clients.

export const loginPage = (wrong = '') => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in to the pool</title><link rel="icon" href="data:,"></head><body>
<h1>Sign in to the pool</h1>
<p role="alert">${wrong}</p>
<form method="post">
<p><label>Username <input name="username" autocomplete="off"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="off"></label></p>
<p><button>Sign in</button></p>
</form></body></html>
`;

export async function readForm(req) {
  const chunks = [];
  for await (const chunk of req) chunks.push(chunk);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}
