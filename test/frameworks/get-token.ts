/** Asks the app's own backend who is signed in, as every app that uses the widget does. */
export async function getToken(): Promise<string> {
  const response = await fetch('/token');
  return response.text();
}
