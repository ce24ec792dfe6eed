from tests.pages.conftest import *
def test_x(run_page):
    app=run_page("data"); print(headline(app), app.exception)
    from ui.intake import draft as d
    app.session_state["intake_draft"]=d.Draft(number=1,file="示例：武汉市文创园名录.csv",content=open("/tmp/wuhan.csv","rb").read())
    app.run(); 
    if app.exception: print(app.exception[0].stack_trace)
    print(headline(app)); print(words(app)[:3000])
    app.button(key="intake_go_on").click().run()
    if app.exception: print(app.exception[0].stack_trace)
    print(headline(app)); print(words(app)[:3000])
